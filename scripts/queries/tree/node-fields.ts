import type { PgNode, PgValue } from './node-tree.ts';

/** Whether a value is a node, and if asked of that tag. */
export function isNode(value: PgValue | undefined, tag?: string): value is PgNode {
  return (
    typeof value === 'object' && value !== null && 'tag' in value && (tag === undefined || value.tag === tag)
  );
}

/** The node of a field; null when the field is absent. */
export function nodeChild(node: PgNode, field: string): PgNode | null {
  const value = node.fields[field];
  return isNode(value) ? value : null;
}

/** The nodes of a list field, or of a field that holds one node; empty when it is absent. */
export function nodeChildren(node: PgNode, field: string): readonly PgNode[] {
  return toNodes(node.fields[field]);
}

/** The nodes of a value. */
function toNodes(value: PgValue | undefined): readonly PgNode[] {
  if (isNode(value)) {
    return [value];
  }
  return isList(value) ? value.filter((item) => isNode(item)) : [];
}

/** The lists of a field that holds lists, as VALUES has. */
export function nodeLists(node: PgNode, field: string): readonly (readonly PgNode[])[] {
  const value = node.fields[field];
  return isList(value) ? value.map((item) => toNodes(item)) : [];
}

/** The whole number of a field; 0 when it is absent. */
export function nodeNumber(node: PgNode, field: string): number {
  const value = node.fields[field];
  return typeof value === 'string' ? Number(value) : 0;
}

/** The word or text of a field; empty when it is absent. */
export function nodeText(node: PgNode, field: string): string {
  const value = node.fields[field];
  return typeof value === 'string' ? value : '';
}

/** The truth of a boolean field. */
export function nodeFlag(node: PgNode, field: string): boolean {
  return node.fields[field] === 'true';
}

/** The numbers of a set or list of numbers: `(b 3 4)`, `(i 1 2)`, `(o 23)`. */
export function nodeNumbers(node: PgNode, field: string): readonly number[] {
  const value = node.fields[field];
  return isList(value) ? value.slice(1).map(Number) : [];
}

/** The result columns of a query: its target list, or what it returns when it changes rows. */
export function resultColumns(query: PgNode): readonly PgNode[] {
  const field = nodeNumber(query, 'commandType') === CommandType.select ? 'targetList' : 'returningList';
  return nodeChildren(query, field).filter((entry) => !nodeFlag(entry, 'resjunk'));
}

/** PostgreSQL's CmdType. */
export const CommandType = { select: 1, update: 2, insert: 3, delete: 4, merge: 5 } as const;

/** PostgreSQL's RTEKind: what an entry of the range table is. */
export const RangeKind = {
  relation: 0,
  subquery: 1,
  join: 2,
  function: 3,
  tableFunction: 4,
  values: 5,
  cte: 6,
  result: 8,
  group: 9,
} as const;

/** PostgreSQL's JoinType, of those that a statement can spell. */
export const JoinKind = { inner: 0, left: 1, full: 2, right: 3 } as const;

/** The nodes directly below a node, those in lists and lists of lists included. */
export function childNodes(node: PgNode): readonly PgNode[] {
  const found: PgNode[] = [];
  for (const field of Object.keys(node.fields)) {
    collectNodes(node.fields[field], found);
  }
  return found;
}

function collectNodes(value: PgValue | undefined, found: PgNode[]): void {
  if (isNode(value)) {
    found.push(value);
  } else if (isList(value)) {
    for (const item of value) {
      collectNodes(item, found);
    }
  }
}

/** A node and all nodes below it that belong to the same query: subqueries are left out. */
export function walkNodes(node: PgNode): readonly PgNode[] {
  return walk(node, (child) => child.tag !== 'QUERY');
}

/** A node and all nodes below it, those of subqueries included. */
export function walkAllNodes(node: PgNode): readonly PgNode[] {
  return walk(node, () => true);
}

function walk(root: PgNode, enters: (child: PgNode) => boolean): readonly PgNode[] {
  const found = [root];
  // It grows while it is walked.
  for (const node of found) {
    found.push(...childNodes(node).filter((child) => enters(child)));
  }
  return found;
}

function isList(value: PgValue | undefined): value is readonly PgValue[] {
  return Array.isArray(value);
}
