import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  RangeKind,
  childNodes,
  nodeChild,
  nodeChildren,
  nodeNumber,
  nodeNumbers,
  walkAllNodes,
  walkNodes,
} from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { implies } from './equality.ts';
import type { Equality } from './equality.ts';

/** A column of an entry of the range table. */
export interface SourceColumn {
  readonly number: number;
  readonly attribute: number;
  /** Of the column's collation, 0 when its type has none. */
  readonly collation: number;
  /** False on the nullable side of an outer join, where some rows have it and others have null. */
  readonly isAlwaysThere: boolean;
}

/** The column that an expression is, if it is nothing more; names that JOIN and GROUP BY give are followed. */
export function toColumn(node: PgNode, query: PgNode): SourceColumn | null {
  if (node.tag === 'RELABELTYPE') {
    const inner = nodeChild(node, 'arg');
    return inner === null ? null : toColumn(inner, query);
  }
  if (node.tag !== 'VAR' || nodeNumber(node, 'varlevelsup') !== 0) {
    return null;
  }
  const number = nodeNumber(node, 'varno');
  const attribute = nodeNumber(node, 'varattno');
  const isAlwaysThere = nodeNumbers(node, 'varnullingrels').length === 0;
  const entry = nodeChildren(query, 'rtable')[number - 1];
  const kind = entry === undefined ? -1 : nodeNumber(entry, 'rtekind');
  if (entry !== undefined && (kind === RangeKind.join || kind === RangeKind.group)) {
    const aliased = nodeChildren(entry, kind === RangeKind.join ? 'joinaliasvars' : 'groupexprs')[
      attribute - 1
    ];
    const column = aliased === undefined ? null : toColumn(aliased, query);
    return column === null ? null : { ...column, isAlwaysThere: column.isAlwaysThere && isAlwaysThere };
  }
  return { number, attribute, collation: nodeNumber(node, 'varcollid'), isAlwaysThere };
}

/** A column by its place: `varno` and `varattno`. */
type ColumnPlace = Pick<SourceColumn, 'number' | 'attribute'>;

const ABOVE = new WeakMap<PgNode, readonly ColumnPlace[]>();

/** The columns of a query that stand in a part of it, however deep in subqueries. */
export function columnsAbove(part: PgNode): readonly ColumnPlace[] {
  let found = ABOVE.get(part);
  if (found === undefined) {
    const columns: ColumnPlace[] = [];
    collectAbove(part, 0, columns);
    found = columns;
    ABOVE.set(part, found);
  }
  return found;
}

function collectAbove(part: PgNode, depth: number, found: ColumnPlace[]): void {
  if (part.tag === 'VAR') {
    if (nodeNumber(part, 'varlevelsup') === depth) {
      found.push({ number: nodeNumber(part, 'varno'), attribute: nodeNumber(part, 'varattno') });
    }
    return;
  }
  for (const child of childNodes(part)) {
    collectAbove(child, child.tag === 'QUERY' ? depth + 1 : depth, found);
  }
}

/** What is known of the rows that FROM and WHERE let through. */
export interface Determined {
  readonly query: PgNode;
  readonly catalogue: Catalogue;
  /** By which equalities all rows have the same value there: `varno.varattno`. */
  readonly columns: ReadonlyMap<string, readonly Equality[]>;
  /** Entries of the range table that give one row. */
  readonly single: ReadonlySet<number>;
}

/** Whether an expression has one value, the same in every respect, once those columns and entries of the range table do. */
export function isDetermined(node: PgNode, known: Determined): boolean {
  for (const part of walkAllNodes(node)) {
    const called = nodeNumber(part, 'funcid') || nodeNumber(part, 'opfuncid');
    if (called !== 0 && known.catalogue.functions[String(called)]?.isVolatile !== false) {
      return false;
    }
    if (part.tag === 'NEXTVALUEEXPR') {
      return false;
    }
    if (part.tag === 'QUERY' && walkAllNodes(part).some((inner) => nodeNumber(inner, 'varlevelsup') > 0)) {
      return false;
    }
  }
  return walkNodes(node)
    .filter((part) => part.tag === 'VAR' && nodeNumber(part, 'varlevelsup') === 0)
    .every((part) => {
      const column = toColumn(part, known.query);
      return column !== null && isSame(column, known);
    });
}

/** Whether all rows have the same value there, in every respect. */
export function isSame(column: ColumnPlace, { columns, single }: Determined): boolean {
  return (
    single.has(column.number) ||
    columns.get(`${column.number}.${column.attribute}`)?.some(({ isIdentity }) => isIdentity) === true
  );
}

/** Whether all rows have values there that are equal by that equality. */
export function isEqual(node: PgNode, equality: Equality, known: Determined): boolean {
  const column = toColumn(node, known.query);
  return (
    isDetermined(node, known) ||
    (column !== null && implies(known.columns.get(`${column.number}.${column.attribute}`) ?? [], equality))
  );
}
