import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  CommandType,
  RangeKind,
  nodeChild,
  nodeChildren,
  nodeFlag,
  nodeLists,
  nodeNumber,
  nodeText,
  walkNodes,
} from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { viewQuery } from '../tree/view-query.ts';
import { functionBody } from '../tree/function-body.ts';
import { leavesOf, toBindings } from './bindings.ts';
import { columnsAbove, isEqual, isSame, toColumn } from './determined.ts';
import type { Determined, SourceColumn } from './determined.ts';
import { equalityOf, equalityOfKey, implies } from './equality.ts';
import type { Equality } from './equality.ts';

/** How many rows a statement can give, proven from its text and the unique keys; `many` when nothing better is proven. */
export type Cardinality = 'exactly-one' | 'at-most-one' | 'many';

/** The cardinality of a query's result. Source: what PostgreSQL's own analysis of it says. */
export function cardinalityOf(query: PgNode, catalogue: Catalogue): Cardinality {
  const scope = { catalogue, ctes: [nodeChildren(query, 'cteList')], answers: new Map() };
  if (!isAtMostOne(query, new Map(), scope)) {
    return 'many';
  }
  return isAtLeastOne(query, scope) ? 'exactly-one' : 'at-most-one';
}

interface Scope {
  readonly catalogue: Catalogue;
  /** WITH queries of this query and those around it, the nearest first. */
  readonly ctes: readonly (readonly PgNode[])[];
  /** Answers of `isAtMostOne` for each query, by what is bound: a part of the query has one place in it, and one scope. */
  readonly answers: Map<PgNode, Map<string, boolean>>;
}

/** By which equalities all rows have the same value in a result column, by its number from 1. */
type Bound = ReadonlyMap<number, readonly Equality[]>;

/** Whether a query gives one row or none, for each choice of values for the bound result columns (numbered from 1). */
function isAtMostOne(query: PgNode, bound: Bound, scope: Scope): boolean {
  const answers = scope.answers.get(query) ?? new Map<string, boolean>();
  scope.answers.set(query, answers);
  const key = JSON.stringify([...bound]);
  const known = answers.get(key) ?? isAtMostOneRow(query, bound, scope);
  answers.set(key, known);
  return known;
}

function isAtMostOneRow(query: PgNode, bound: Bound, scope: Scope): boolean {
  if (hasLimitOfOne(query)) {
    return true;
  }
  const operation = nodeChild(query, 'setOperations');
  // Each grouping set makes rows of its own.
  const sets = nodeChildren(query, 'groupingSets');
  if (nodeFlag(query, 'hasTargetSRFs') || operation !== null || sets.length > 0) {
    return false;
  }
  switch (nodeNumber(query, 'commandType')) {
    case CommandType.select:
      return isOneGroup(query, bound, scope) || hasOneSourceRow(query, bound, scope);
    case CommandType.merge:
      return false;
    default:
      return hasOneSourceRow(query, new Map(), scope);
  }
}

function hasLimitOfOne(query: PgNode): boolean {
  const limit = nodeChild(query, 'limitCount');
  const constant = limit?.tag === 'FUNCEXPR' ? nodeChildren(limit, 'args')[0] : limit;
  // WITH TIES gives more
  return (
    constant?.tag === 'CONST' &&
    !nodeFlag(constant, 'constisnull') &&
    nodeNumber(query, 'limitOption') === 0 &&
    /^[01](?: 0)*$/.test(nodeText(constant, 'constvalueBytes'))
  );
}

/** An aggregate over everything, or groups of which the bound columns choose one. */
function isOneGroup(query: PgNode, bound: Bound, scope: Scope): boolean {
  const groups = nodeChildren(query, 'groupClause');
  if (groups.length === 0 && (nodeFlag(query, 'hasAggs') || nodeChild(query, 'havingQual') !== null)) {
    return true;
  }
  const distinct = nodeChildren(query, 'distinctClause');
  if (groups.length === 0 && distinct.length === 0) {
    return false;
  }
  const known = knownOf(query, bound, scope);
  return [groups, distinct].some(
    (clause) => clause.length > 0 && clause.every((item) => isBoundClause(item, known, bound)),
  );
}

/** Whether all rows have the same value in a column of GROUP BY or DISTINCT. */
function isBoundClause(clause: PgNode, known: Known, bound: Bound): boolean {
  const entry = nodeChildren(known.query, 'targetList').find(
    (target) => nodeNumber(target, 'ressortgroupref') === nodeNumber(clause, 'tleSortGroupRef'),
  );
  const expression = entry === undefined ? null : nodeChild(entry, 'expr');
  if (entry === undefined || expression === null) {
    return false;
  }
  const equality = equalityOf(
    String(nodeNumber(clause, 'eqop')),
    // Of anything but a column the collation is not looked up: then only values that are the same are one group.
    expression.tag === 'VAR' ? String(nodeNumber(expression, 'varcollid')) : '',
    'left',
    known.catalogue,
  );
  if (equality === null) {
    return false;
  }
  const given = bound.get(nodeNumber(entry, 'resno')) ?? [];
  const isGiven =
    expression.tag === 'VAR' ? implies(given, equality) : given.some(({ isIdentity }) => isIdentity);
  return isGiven || (isEqual(expression, equality, known) && isAlwaysThere(expression, known.query));
}

/** Whether no outer join takes the expression away in some rows. */
function isAlwaysThere(expression: PgNode, query: PgNode): boolean {
  return walkNodes(expression)
    .filter(({ tag }) => tag === 'VAR')
    .every((variable) => toColumn(variable, query)?.isAlwaysThere === true);
}

/** What has one value only, or comes from one row only, in everything that FROM and WHERE let through. */
interface Known extends Determined {
  /** What FROM joins; null with a full join. */
  readonly leaves: readonly number[] | null;
}

/** Whether FROM and WHERE leave one combination of rows: each table is reached by a key, from values or from the others. */
function hasOneSourceRow(query: PgNode, bound: Bound, scope: Scope): boolean {
  const { leaves, single } = knownOf(query, bound, scope);
  return leaves !== null && leaves.every((leaf) => single.has(leaf));
}

function knownOf(query: PgNode, bound: Bound, scope: Scope): Known {
  const { catalogue } = scope;
  const leaves = leavesOf(query);
  const columns = new Map<string, readonly Equality[]>();
  const single = new Set<number>();
  const known = { query, catalogue, columns, single, leaves };
  if (leaves === null) {
    return known;
  }
  let isChanged = true;
  const learn = ({ number, attribute }: SourceColumn, equality: Equality): void => {
    const key = `${number}.${attribute}`;
    const before = columns.get(key) ?? [];
    if (!before.includes(equality)) {
      columns.set(key, [...before, equality]);
      isChanged = true;
    }
  };
  for (const entry of nodeChildren(query, 'targetList')) {
    const expression = nodeChild(entry, 'expr');
    const column = expression === null ? null : toColumn(expression, query);
    if (column !== null) {
      bound.get(nodeNumber(entry, 'resno'))?.forEach((equality) => learn(column, equality));
    }
  }
  const bindings = toBindings(query, catalogue);
  while (isChanged) {
    isChanged = false;
    for (const { column, value, equality } of bindings) {
      if (isEqual(value, equality, known)) {
        learn(column, equality);
      }
    }
    for (const leaf of leaves) {
      if (!single.has(leaf) && isSingle(leaf, known, scope) && isFixed(leaf, known)) {
        single.add(leaf);
        isChanged = true;
      }
    }
  }
  return known;
}

/** Whether an entry of the range table is the same for all rows: LATERAL makes another of it for each that it looks at. */
function isFixed(number: number, known: Known): boolean {
  const entry = nodeChildren(known.query, 'rtable')[number - 1];
  return entry !== undefined && columnsAbove(entry).every((column) => isSame(column, known));
}

/** Whether an entry of the range table gives one row at most once some of its columns have a value. */
function isSingle(number: number, { query, columns }: Known, scope: Scope): boolean {
  const entry = nodeChildren(query, 'rtable')[number - 1];
  if (entry === undefined) {
    return false;
  }
  const bound = new Map(
    [...columns].flatMap(([key, equalities]) =>
      key.startsWith(`${number}.`) ? [[Number(key.slice(key.indexOf('.') + 1)), equalities] as const] : [],
    ),
  );
  const inner = (subquery: PgNode | null): boolean =>
    subquery !== null && isAtMostOne(subquery, bound, enter(subquery, scope));
  switch (nodeNumber(entry, 'rtekind')) {
    case RangeKind.relation: {
      const relation = scope.catalogue.relations[String(nodeNumber(entry, 'relid'))];
      if (relation?.kind === 'view') {
        const view = viewQuery(relation);
        return view !== null && isAtMostOne(view, bound, { ...scope, ctes: [nodeChildren(view, 'cteList')] });
      }
      return (
        relation?.uniqueKeys.some((key) =>
          key.every((column) =>
            implies(bound.get(column.attribute) ?? [], equalityOfKey(column, scope.catalogue)),
          ),
        ) === true
      );
    }
    case RangeKind.subquery:
      return inner(nodeChild(entry, 'subquery'));
    case RangeKind.cte: {
      const level = nodeNumber(entry, 'ctelevelsup');
      const cte = scope.ctes[level]?.find((node) => nodeText(node, 'ctename') === nodeText(entry, 'ctename'));
      const subquery = cte === undefined || nodeFlag(cte, 'cterecursive') ? null : nodeChild(cte, 'ctequery');
      return (
        subquery !== null &&
        isAtMostOne(subquery, bound, enter(subquery, { ...scope, ctes: scope.ctes.slice(level) }))
      );
    }
    case RangeKind.function:
      return nodeChildren(entry, 'functions').every((item) => {
        const call = nodeChild(item, 'funcexpr');
        const called = scope.catalogue.functions[call === null ? '' : String(nodeNumber(call, 'funcid'))];
        const body = called === undefined ? null : functionBody(called);
        return (
          !isSet(call) ||
          (body !== null &&
            isAtMostOne(body.query, bound, { ...scope, ctes: [nodeChildren(body.query, 'cteList')] }))
        );
      });
    case RangeKind.values:
      return nodeLists(entry, 'values_lists').length === 1;
    case RangeKind.result:
      return true;
    default:
      return false;
  }
}

function enter(query: PgNode, scope: Scope): Scope {
  return { ...scope, ctes: [nodeChildren(query, 'cteList'), ...scope.ctes] };
}

function isSet(call: PgNode | null): boolean {
  return call === null || nodeFlag(call, 'funcretset');
}

/** Whether a query that gives at most one row always gives it. */
function isAtLeastOne(query: PgNode, scope: Scope): boolean {
  if (
    nodeChild(query, 'limitCount') !== null ||
    nodeChild(query, 'limitOffset') !== null ||
    nodeChild(query, 'havingQual') !== null ||
    // Of an empty set there is no row.
    nodeFlag(query, 'hasTargetSRFs')
  ) {
    return false;
  }
  const type = nodeNumber(query, 'commandType');
  if (type === CommandType.insert) {
    const target = nodeChildren(query, 'rtable')[nodeNumber(query, 'resultRelation') - 1];
    const relation =
      target === undefined ? undefined : scope.catalogue.relations[String(nodeNumber(target, 'relid'))];
    const mayBeSkipped =
      nodeChild(query, 'onConflict') !== null || relation?.kind !== 'table' || relation.hasRowTriggers;
    return !mayBeSkipped && hasUnfilteredSource(query, scope);
  }
  if (type !== CommandType.select) {
    return false;
  }
  if (nodeFlag(query, 'hasAggs') && nodeChildren(query, 'groupClause').length === 0) {
    return true;
  }
  return hasUnfilteredSource(query, scope);
}

/** Whether FROM is nothing, VALUES, or a query that always gives a row, and WHERE is not there. */
function hasUnfilteredSource(query: PgNode, scope: Scope): boolean {
  const from = nodeChild(query, 'jointree');
  if (from === null || nodeChild(from, 'quals') !== null) {
    return false;
  }
  return nodeChildren(from, 'fromlist').every((item) => {
    const entry =
      item.tag === 'RANGETBLREF' ? nodeChildren(query, 'rtable')[nodeNumber(item, 'rtindex') - 1] : undefined;
    if (entry === undefined) {
      return false;
    }
    const subquery = nodeChild(entry, 'subquery');
    return (
      nodeNumber(entry, 'rtekind') === RangeKind.values ||
      (subquery !== null &&
        nodeChild(subquery, 'setOperations') === null &&
        isAtLeastOne(subquery, enter(subquery, scope)))
    );
  });
}
