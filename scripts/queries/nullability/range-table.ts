import {
  RangeKind,
  nodeChild,
  nodeChildren,
  nodeFlag,
  nodeLists,
  nodeNumber,
  nodeText,
} from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { setColumnVerdicts } from './calls.ts';
import { unknownResult } from './function-bodies.ts';
import { MAKES_RECORDS } from './known-functions.ts';
import { columnsKey, findCte, judge, judgeAll, judgeQuery, withProofs } from './level.ts';
import type { Level } from './level.ts';
import { bothProofs, isFullJoin } from './proofs.ts';
import { relationColumn } from './relation-columns.ts';
import { calledFunction } from './strictness.ts';
import { notNull, nullWhenAnyIs, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether a column of an entry of the range table can be null in a row that is there. */
export function rangeColumn(level: Level, number: number, attribute: number): Verdict {
  const entry = level.rangeTable[number - 1];
  if (entry === undefined) {
    return undecided('the range table has no such entry');
  }
  if (attribute === 0) {
    return notNull('it is a whole row');
  }
  switch (nodeNumber(entry, 'rtekind')) {
    case RangeKind.relation:
      return relationColumn(level, number, attribute);
    case RangeKind.join:
      return joinColumn(level, number, nodeChildren(entry, 'joinaliasvars')[attribute - 1]);
    case RangeKind.group:
      return judge(nodeChildren(entry, 'groupexprs')[attribute - 1], level);
    default: {
      const key = columnsKey(level, number);
      const columns = level.columns.get(key) ?? entryColumns(entry, level);
      level.columns.set(key, columns);
      return columns[attribute - 1] ?? undecided('nothing is known of this column');
    }
  }
}

/** A column that USING merges in a full join is COALESCE of both sides, one of which is there. */
function joinColumn(level: Level, number: number, aliased: PgNode | undefined): Verdict {
  if (aliased?.tag !== 'COALESCEEXPR' || !isFullJoin(level.query, number)) {
    return judge(aliased, level);
  }
  const sides = level.rangeTable.map((_, index) => `${number}:${index + 1}`);
  const bothThere = withProofs(
    level,
    bothProofs(level.proofs, { columns: new Set(), joins: new Set(sides) }),
  );
  return judgeAll(aliased, bothThere);
}

function entryColumns(entry: PgNode, level: Level): readonly Verdict[] {
  switch (nodeNumber(entry, 'rtekind')) {
    case RangeKind.subquery: {
      const query = nodeChild(entry, 'subquery');
      return query === null ? [] : judgeQuery(query, level);
    }
    case RangeKind.values: {
      const rows = nodeLists(entry, 'values_lists').map((row) => row.map((value) => judge(value, level)));
      return (rows[0] ?? []).map((_, column) =>
        nullWhenAnyIs(
          rows.map((row) => row[column] ?? undecided('the rows differ')),
          'no row of VALUES has null there',
        ),
      );
    }
    case RangeKind.cte:
      return cteColumns(entry, level);
    case RangeKind.function:
      return functionColumns(entry, level);
    case RangeKind.tableFunction:
      return tableFunctionColumns(entry);
    default:
      return [];
  }
}

/** Columns of a WITH query; of a recursive one, what can be proven of every step when it is assumed of the step before. */
function cteColumns(entry: PgNode, level: Level): readonly Verdict[] {
  const { cte, holder } = findCte(level, nodeText(entry, 'ctename'), nodeNumber(entry, 'ctelevelsup'));
  const { assumptions } = holder.analysis;
  const assumed = assumptions.get(cte);
  if (assumed !== undefined) {
    return assumed;
  }
  const query = nodeChild(cte, 'ctequery');
  if (query === null) {
    return [];
  }
  const { assumed: state } = holder.analysis;
  const known = holder.ctes.get(cte);
  if (known?.assumed === state.count) {
    return known.columns;
  }
  const columns = nodeFlag(cte, 'cterecursive')
    ? recursiveColumns(cte, query, holder)
    : judgeQuery(query, holder);
  holder.ctes.set(cte, { columns, assumed: state.count });
  return columns;
}

function recursiveColumns(cte: PgNode, query: PgNode, holder: Level): readonly Verdict[] {
  const { assumptions, assumed } = holder.analysis;
  const names = Array.isArray(cte.fields['ctecolnames']) ? cte.fields['ctecolnames'] : [];
  let hypothesis: readonly Verdict[] = names.map(() => notNull('no step of the recursion makes it null'));
  for (;;) {
    assumptions.set(cte, hypothesis);
    assumed.count += 1;
    const found = judgeQuery(query, holder);
    assumptions.delete(cte);
    assumed.count += 1;
    const next = hypothesis.map((old, column) =>
      old.nullability === 'not-null'
        ? (found[column] ?? undecided('SEARCH or CYCLE makes this column'))
        : old,
    );
    if (next.every((verdict, column) => verdict.nullability === hypothesis[column]?.nullability)) {
      return next;
    }
    hypothesis = next;
  }
}

function functionColumns(entry: PgNode, level: Level): readonly Verdict[] {
  const functions = nodeChildren(entry, 'functions');
  const columns = functions.flatMap((item) => {
    const call = nodeChild(item, 'funcexpr');
    const count = nodeNumber(item, 'funccolcount');
    const called = call === null ? undefined : calledFunction(call, level.analysis.catalogue);
    // One value is judged as such; what is known of a composite's fields, only a set's list tells.
    const known = count === 1 || called?.returnsSet === true ? callColumns(call, level) : undefined;
    return Array.from({ length: count }, (_, column) => {
      const isRecord = called?.schema === 'pg_catalog' && MAKES_RECORDS.has(called.name);
      const verdict =
        (isRecord ? nullable(`${called.name} finds nothing for a column`) : known?.[column]) ??
        undecided(unknownResult(called));
      return functions.length > 1 ? nullable('the shorter of several sets is filled with nulls') : verdict;
    });
  });
  return nodeFlag(entry, 'funcordinality') ? [...columns, notNull('WITH ORDINALITY counts rows')] : columns;
}

/** Columns of JSON_TABLE and XMLTABLE: the path of each may find nothing. FOR ORDINALITY counts rows, nested ones where there are any. */
function tableFunctionColumns(entry: PgNode): readonly Verdict[] {
  const table = nodeChild(entry, 'tablefunc');
  const names = table?.fields['colnames'];
  const root = table === null ? null : nodeChild(table, 'plan');
  const expressions = table?.fields['colvalexprs'];
  return (Array.isArray(names) ? names : []).map((_, column) => {
    const isOfRoot =
      root !== null && column >= nodeNumber(root, 'colMin') && column <= nodeNumber(root, 'colMax');
    const isCounter = Array.isArray(expressions) && expressions[column] === null;
    return isOfRoot && isCounter
      ? notNull('FOR ORDINALITY counts rows')
      : nullable('the path of the column may find nothing');
  });
}

function callColumns(call: PgNode | null, level: Level): readonly Verdict[] | undefined {
  if (call === null) {
    return undefined;
  }
  const called = calledFunction(call, level.analysis.catalogue);
  return called?.returnsSet === true ? setColumnVerdicts(call, called, level) : [judge(call, level)];
}
