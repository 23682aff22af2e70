import { cardinalityOf } from '../cardinality/cardinality.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  JoinKind,
  RangeKind,
  nodeChild,
  nodeChildren,
  nodeFlag,
  nodeNumber,
  nodeNumbers,
  nodeText,
} from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { isRowTest, isStrictCall } from './strictness.ts';

/** What WHERE, ON, HAVING or a CASE's condition prove about the rows that get past them. */
export interface Proofs {
  /** Columns that are not null: `varno.varattno`. */
  readonly columns: ReadonlySet<string>;
  /**
   * Outer joins that found a partner: `rtindex` of a left or right join; of a full join `rtindex:varno` with the entry of
   * the range table that is known to be there.
   */
  readonly joins: ReadonlySet<string>;
}

/** How a condition came out; `not-true` is false or null. */
export type Outcome = 'true' | 'false' | 'not-true';

const NO_PROOFS: Proofs = { columns: new Set(), joins: new Set() };

/** Both hold. */
export function bothProofs(a: Proofs, b: Proofs): Proofs {
  return {
    columns: new Set([...a.columns, ...b.columns]),
    joins: new Set([...a.joins, ...b.joins]),
  };
}

/** One of them holds, or more. */
function commonProofs(all: readonly Proofs[]): Proofs {
  return all.reduce(
    (a, b) => ({
      columns: common(a.columns, b.columns),
      joins: common(a.joins, b.joins),
    }),
    all[0] ?? NO_PROOFS,
  );
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((item) => b.has(item)));
}

function everyProof(all: readonly Proofs[]): Proofs {
  return all.reduce(bothProofs, NO_PROOFS);
}

/** What holds for each row that a query's FROM and WHERE let through. */
export function collectProofs(query: PgNode, catalogue: Catalogue): Proofs {
  const jointree = nodeChild(query, 'jointree');
  const having = nodeChild(query, 'havingQual');
  const own = having === null ? NO_PROOFS : provenWhen(having, 'true', query, catalogue);
  if (jointree === null) {
    return own;
  }
  let proofs = bothProofs(own, proofsOfJoin(jointree, query, catalogue));
  for (let before = -1; sizeOf(proofs) > before;) {
    before = sizeOf(proofs);
    proofs = bothProofs(proofs, proofsOfPartners(jointree, proofs, query, catalogue));
  }
  return proofs;
}

function sizeOf({ columns, joins }: Proofs): number {
  return columns.size + joins.size;
}

/** An outer join that found a partner has met its condition, and all that its nullable side is joined by. */
function proofsOfPartners(node: PgNode, known: Proofs, query: PgNode, catalogue: Catalogue): Proofs {
  const below = ['fromlist', 'larg', 'rarg'].flatMap((field) =>
    nodeChildren(node, field).map((child) => proofsOfPartners(child, known, query, catalogue)),
  );
  const type = nodeNumber(node, 'jointype');
  const isOuter = node.tag === 'JOINEXPR' && (type === JoinKind.left || type === JoinKind.right);
  const side = isOuter ? nodeChild(node, type === JoinKind.left ? 'rarg' : 'larg') : null;
  if (side === null || !known.joins.has(String(nodeNumber(node, 'rtindex')))) {
    return everyProof(below);
  }
  const condition = nodeChild(node, 'quals');
  const own = condition === null ? NO_PROOFS : provenWhen(condition, 'true', query, catalogue);
  return everyProof([...below, own, proofsOfJoin(side, query, catalogue)]);
}

function proofsOfJoin(node: PgNode, query: PgNode, catalogue: Catalogue): Proofs {
  const condition = nodeChild(node, 'quals');
  const own = condition === null ? NO_PROOFS : provenWhen(condition, 'true', query, catalogue);
  if (node.tag === 'FROMEXPR') {
    const items = nodeChildren(node, 'fromlist').map((item) => proofsOfJoin(item, query, catalogue));
    return bothProofs(own, everyProof(items));
  }
  if (node.tag !== 'JOINEXPR') {
    return NO_PROOFS;
  }
  const proofsOfSide = (field: string): Proofs => {
    const side = nodeChild(node, field);
    return side === null ? NO_PROOFS : proofsOfJoin(side, query, catalogue);
  };
  const [left, right] = [proofsOfSide('larg'), proofsOfSide('rarg')];
  switch (nodeNumber(node, 'jointype')) {
    case JoinKind.inner:
      return everyProof([own, left, right]);
    case JoinKind.left:
      return isAlwaysMatched(node, query, catalogue)
        ? bothProofs(left, { columns: new Set(), joins: new Set([String(nodeNumber(node, 'rtindex'))]) })
        : left;
    case JoinKind.right:
      return right;
    default:
      return NO_PROOFS;
  }
}

/** Whether `LEFT JOIN … ON true` finds a row for each of the left side's: a subquery that always gives one, as an aggregate does. */
function isAlwaysMatched(join: PgNode, query: PgNode, catalogue: Catalogue): boolean {
  const condition = nodeChild(join, 'quals');
  const isTrue =
    condition === null ||
    (condition.tag === 'CONST' &&
      !nodeFlag(condition, 'constisnull') &&
      /^1(?: 0)*$/.test(nodeText(condition, 'constvalueBytes')));
  const side = nodeChild(join, 'rarg');
  const entry =
    side?.tag === 'RANGETBLREF' ? nodeChildren(query, 'rtable')[nodeNumber(side, 'rtindex') - 1] : undefined;
  const subquery = entry === undefined ? null : nodeChild(entry, 'subquery');
  return isTrue && subquery !== null && cardinalityOf(subquery, catalogue) === 'exactly-one';
}

/** What follows when a condition of `query` came out so. */
export function provenWhen(node: PgNode, outcome: Outcome, query: PgNode, catalogue: Catalogue): Proofs {
  const when = (part: PgNode, wanted: Outcome): Proofs => provenWhen(part, wanted, query, catalogue);
  const present = (part: PgNode): Proofs => provenPresent(part, query, catalogue);
  switch (node.tag) {
    case 'NULLTEST': {
      // A row IS NULL by its fields, and IS NOT NULL likewise; its columns are not worth following.
      const argument = nodeChild(node, 'arg');
      const wanted = nodeText(node, 'nulltesttype') === '1' ? outcome === 'true' : outcome !== 'true';
      return argument !== null && wanted && !isRowTest(node) ? present(argument) : NO_PROOFS;
    }
    case 'BOOLEXPR': {
      const parts = nodeChildren(node, 'args');
      switch (nodeText(node, 'boolop')) {
        case 'not':
          return outcome === 'not-true' || parts[0] === undefined
            ? NO_PROOFS
            : when(parts[0], outcome === 'true' ? 'false' : 'true');
        case 'and':
          return outcome === 'true'
            ? everyProof(parts.map((part) => when(part, 'true')))
            : commonProofs(parts.map((part) => when(part, outcome)));
        default:
          return outcome === 'true'
            ? commonProofs(parts.map((part) => when(part, 'true')))
            : everyProof(parts.map((part) => when(part, outcome)));
      }
    }
    case 'BOOLEANTEST': {
      const argument = nodeChild(node, 'arg');
      const tested = BOOLEAN_TESTS[nodeNumber(node, 'booltesttype')];
      const known = outcome === 'true' ? tested?.[0] : tested?.[1];
      if (argument === null || known === undefined) {
        return NO_PROOFS;
      }
      return known === 'present' ? present(argument) : when(argument, known);
    }
    case 'SUBLINK': {
      // x = ANY (SELECT …) found an equal row
      const test = nodeChild(node, 'testexpr');
      return outcome === 'true' && nodeNumber(node, 'subLinkType') === 2 && test !== null
        ? when(test, 'true')
        : NO_PROOFS;
    }
    case 'SCALARARRAYOPEXPR': {
      // <> ALL of nothing is true for a null as well, and = ANY of nothing is false for it
      const value = nodeChildren(node, 'args')[0];
      const found = outcome === 'true' && nodeFlag(node, 'useOr') && isStrictCall(node, catalogue);
      return found && value !== undefined ? present(value) : NO_PROOFS;
    }
    default:
      return outcome === 'not-true' ? NO_PROOFS : present(node);
  }
}

/** IS TRUE, IS NOT TRUE, IS FALSE, IS NOT FALSE, IS UNKNOWN, IS NOT UNKNOWN: what holds of the argument when met, and not. */
const BOOLEAN_TESTS: readonly (readonly [
  Outcome | 'present' | undefined,
  Outcome | 'present' | undefined,
])[] = [
  ['true', 'not-true'],
  ['not-true', 'true'],
  ['false', undefined],
  [undefined, 'false'],
  [undefined, 'present'],
  ['present', undefined],
];

/** What follows from a value not being null. */
function provenPresent(node: PgNode, query: PgNode, catalogue: Catalogue): Proofs {
  if (node.tag === 'VAR') {
    return provenColumn(node, query, catalogue);
  }
  if (TRANSPARENT.has(node.tag)) {
    const argument = nodeChild(node, 'arg');
    return argument === null ? NO_PROOFS : provenPresent(argument, query, catalogue);
  }
  if (node.tag !== 'SCALARARRAYOPEXPR' && isStrictCall(node, catalogue)) {
    return everyProof(nodeChildren(node, 'args').map((part) => provenPresent(part, query, catalogue)));
  }
  return NO_PROOFS;
}

/** Null exactly when the argument is. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'RELABELTYPE',
  'COERCEVIAIO',
  'ARRAYCOERCEEXPR',
  'COLLATEEXPR',
]);

function provenColumn(variable: PgNode, query: PgNode, catalogue: Catalogue): Proofs {
  if (nodeNumber(variable, 'varlevelsup') !== 0) {
    return NO_PROOFS;
  }
  const number = nodeNumber(variable, 'varno');
  const attribute = nodeNumber(variable, 'varattno');
  const joins = nodeNumbers(variable, 'varnullingrels')
    // GROUPING SETS make a column null too, each its own way: what is known of one says nothing of another.
    .filter((join) => rangeKind(query, join) === RangeKind.join)
    .map((join) => (isFullJoin(query, join) ? `${join}:${number}` : `${join}`));
  const own: Proofs = { columns: new Set([`${number}.${attribute}`]), joins: new Set(joins) };
  // A column of a join or of GROUP BY is another name for an expression; the expression is not null either.
  const entry = nodeChildren(query, 'rtable')[number - 1];
  const aliased =
    entry === undefined
      ? undefined
      : [...nodeChildren(entry, 'joinaliasvars'), ...nodeChildren(entry, 'groupexprs')][attribute - 1];
  return aliased === undefined ? own : bothProofs(own, provenPresent(aliased, query, catalogue));
}

function rangeKind(query: PgNode, number: number): number {
  const entry = nodeChildren(query, 'rtable')[number - 1];
  return entry === undefined ? -1 : nodeNumber(entry, 'rtekind');
}

/** Whether that entry of the query's range table is a full join. */
export function isFullJoin(query: PgNode, join: number): boolean {
  const entry = nodeChildren(query, 'rtable')[join - 1];
  return entry !== undefined && nodeNumber(entry, 'jointype') === JoinKind.full;
}
