import { isNode } from './node-fields.ts';
import { parseNodeTree } from './node-tree.ts';
import type { PgNode } from './node-tree.ts';

/** The query of `(({QUERY …}))` or `({QUERY …})`. @throws {SyntaxError} when there is none. */
export function firstQuery(text: string): PgNode {
  let value = parseNodeTree(text);
  while (Array.isArray(value)) {
    value = value[0] ?? null;
  }
  if (!isNode(value, 'QUERY')) {
    throw new SyntaxError('PostgreSQL gave no query tree.');
  }
  return value;
}
