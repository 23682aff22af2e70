import type { Relation } from '../catalogue/catalogue.ts';
import { firstQuery } from './first-query.ts';
import type { PgNode } from './node-tree.ts';

const VIEW_QUERIES = new WeakMap<Relation, PgNode>();

/** The analysed query of a view, parsed once; null for a table. */
export function viewQuery(relation: Relation): PgNode | null {
  if (relation.viewTree === null) {
    return null;
  }
  const known = VIEW_QUERIES.get(relation) ?? firstQuery(relation.viewTree);
  VIEW_QUERIES.set(relation, known);
  return known;
}
