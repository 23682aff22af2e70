import type { Catalogue } from '../catalogue/catalogue.ts';
import { JoinKind, nodeChild, nodeChildren, nodeNumber, nodeText } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { toColumn } from './determined.ts';
import type { SourceColumn } from './determined.ts';
import { equalityIn } from './equality.ts';
import type { Equality } from './equality.ts';

/** A condition says that a column equals an expression. */
export interface Binding {
  readonly column: SourceColumn;
  readonly value: PgNode;
  /** By which equality. */
  readonly equality: Equality;
}

/** The entries of the range table that FROM joins; null when it has a full join, which adds rows of both sides. */
export function leavesOf(query: PgNode): readonly number[] | null {
  const jointree = nodeChild(query, 'jointree');
  return jointree === null ? [] : leavesBelow(jointree);
}

function leavesBelow(node: PgNode): readonly number[] | null {
  if (node.tag === 'RANGETBLREF') {
    return [nodeNumber(node, 'rtindex')];
  }
  if (node.tag === 'JOINEXPR' && nodeNumber(node, 'jointype') === JoinKind.full) {
    return null;
  }
  const leaves: number[] = [];
  for (const field of ['fromlist', 'larg', 'rarg']) {
    for (const child of nodeChildren(node, field)) {
      const below = leavesBelow(child);
      if (below === null) {
        return null;
      }
      leaves.push(...below);
    }
  }
  return leaves;
}

/** The equalities that FROM and WHERE demand. One in an outer join's ON binds the side that may be missing, and no other. */
export function toBindings(query: PgNode, catalogue: Catalogue): readonly Binding[] {
  const jointree = nodeChild(query, 'jointree');
  return jointree === null ? [] : bindingsBelow(jointree, query, catalogue);
}

function bindingsBelow(node: PgNode, query: PgNode, catalogue: Catalogue): readonly Binding[] {
  const below = ['fromlist', 'larg', 'rarg'].flatMap((field) =>
    nodeChildren(node, field).flatMap((child) => bindingsBelow(child, query, catalogue)),
  );
  const condition = nodeChild(node, 'quals');
  if (condition === null) {
    return below;
  }
  const reached = new Set(reachedBy(node));
  const own = equalities(condition, query, catalogue).filter(({ column }) => reached.has(column.number));
  return [...below, ...own];
}

/** The entries of the range table that lose rows when the node's condition fails. */
function reachedBy(node: PgNode): readonly number[] {
  const type = nodeNumber(node, 'jointype');
  const isOuter = node.tag === 'JOINEXPR' && type !== JoinKind.inner;
  const side = isOuter ? nodeChild(node, type === JoinKind.left ? 'rarg' : 'larg') : node;
  return side === null ? [] : (leavesBelow(side) ?? []);
}

function equalities(node: PgNode, query: PgNode, catalogue: Catalogue): readonly Binding[] {
  if (node.tag === 'BOOLEXPR' && nodeText(node, 'boolop') === 'and') {
    return nodeChildren(node, 'args').flatMap((part) => equalities(part, query, catalogue));
  }
  if (node.tag !== 'OPEXPR') {
    return [];
  }
  const [left, right] = nodeChildren(node, 'args');
  if (left === undefined || right === undefined) {
    return [];
  }
  const pairs = [
    { column: toColumn(left, query), value: right, equality: equalityIn(node, 'left', catalogue) },
    { column: toColumn(right, query), value: left, equality: equalityIn(node, 'right', catalogue) },
  ];
  return pairs.flatMap(({ column, value, equality }) =>
    column === null || equality === null ? [] : [{ column, value, equality }],
  );
}
