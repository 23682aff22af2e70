import { nodeChild, nodeChildren, nodeFlag, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import {
  AGGREGATES_NEVER_NULL,
  AGGREGATES_OF_PRESENT,
  AGGREGATES_OF_ROWS,
  AGGREGATES_PARTIAL,
  ORDERED_AGGREGATES,
  WINDOWS_NEVER_NULL,
} from './known-functions.ts';
import { judge, judgeAll, judgeField, outerLevel } from './level.ts';
import type { Level } from './level.ts';
import { notNull, nullWhenAnyIs, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether an aggregate can be null: over no row it is, and most leave nulls out. */
export function aggregateVerdict(node: PgNode, level: Level): Verdict {
  const name = builtinName(node, 'aggfnoid', level);
  if (name === undefined) {
    return undecided('it is not known whether this aggregate can be null');
  }
  if (AGGREGATES_NEVER_NULL.has(name)) {
    return notNull(`${name} is never null`);
  }
  const aggregating = outerLevel(level, nodeNumber(node, 'agglevelsup')).query;
  const hasRows =
    nodeChildren(aggregating, 'groupClause').length > 0 &&
    nodeChildren(aggregating, 'groupingSets').length === 0;
  const args = nodeChildren(node, 'args').map((entry) => judgeField(entry, 'expr', level));
  if (ORDERED_AGGREGATES.has(name)) {
    return !hasRows || nodeChild(node, 'aggfilter') !== null
      ? nullable(`${name} over no row is null`)
      : nullWhenAnyIs([...args, judgeAll(node, level, 'aggdirectargs')], `${name} over values is never null`);
  }
  return overRows({ name, hasRows, hasFilter: nodeChild(node, 'aggfilter') !== null, args });
}

/** Whether a window function can be null. */
export function windowVerdict(node: PgNode, level: Level): Verdict {
  const name = builtinName(node, 'winfnoid', level);
  if (name === undefined) {
    return undecided('it is not known whether this window function can be null');
  }
  const args = nodeChildren(node, 'args').map((part) => judge(part, level));
  if (nodeFlag(node, 'winagg')) {
    return AGGREGATES_NEVER_NULL.has(name)
      ? notNull(`${name} is never null`)
      : overRows({
          name,
          hasRows: hasCurrentRow(node, level),
          hasFilter: nodeChild(node, 'aggfilter') !== null,
          args,
        });
  }
  if (WINDOWS_NEVER_NULL.has(name)) {
    return notNull(`${name} is never null`);
  }
  const verdict = judgeAll(node, level);
  switch (name) {
    case 'ntile':
      return verdict;
    case 'lag':
    case 'lead':
      return args.length === 3 ? verdict : nullable(`${name} looks past the end of the window`);
    case 'first_value':
    case 'last_value':
      return hasCurrentRow(node, level) ? verdict : nullable('the frame may hold no row');
    case 'nth_value':
      return nullable('the frame may hold fewer rows');
    default:
      return undecided(`it is not known whether ${name} can be null`);
  }
}

function overRows(aggregate: {
  readonly name: string;
  readonly hasRows: boolean;
  readonly hasFilter: boolean;
  readonly args: readonly Verdict[];
}): Verdict {
  const { name, hasRows, hasFilter, args } = aggregate;
  const isKnown = AGGREGATES_OF_ROWS.has(name) || AGGREGATES_OF_PRESENT.has(name);
  if (AGGREGATES_PARTIAL.has(name)) {
    return nullable(`${name} can be null for values that are not`);
  }
  if (!isKnown) {
    return undecided(`it is not known whether ${name} can be null`);
  }
  if (!hasRows || hasFilter) {
    return nullable(`${name} over no row is null`);
  }
  // A name in OF_ROWS that leaves nulls out still makes an empty array of them.
  return AGGREGATES_OF_ROWS.has(name)
    ? notNull(`${name} over rows is never null`)
    : nullWhenAnyIs(args.slice(0, 1), `${name} over values is never null`);
}

/** PostgreSQL's FRAMEOPTION_ bits (nodes/parsenodes.h). */
const FRAME = {
  nonDefault: 0x00001,
  startUnboundedPreceding: 0x00020,
  endUnboundedFollowing: 0x00100,
  startCurrentRow: 0x00200,
  endCurrentRow: 0x00400,
  startOffsetPreceding: 0x00800,
  endOffsetFollowing: 0x04000,
  exclusion: 0x08000 | 0x10000 | 0x20000,
} as const;

/** Whether each row's frame holds at least that row. */
function hasCurrentRow(node: PgNode, level: Level): boolean {
  const clause = nodeChildren(level.query, 'windowClause').find(
    (candidate) => nodeNumber(candidate, 'winref') === nodeNumber(node, 'winref'),
  );
  const options = clause === undefined ? FRAME.exclusion : nodeNumber(clause, 'frameOptions');
  if ((options & FRAME.nonDefault) === 0) {
    return true;
  }
  const starts = FRAME.startUnboundedPreceding | FRAME.startCurrentRow | FRAME.startOffsetPreceding;
  const ends = FRAME.endUnboundedFollowing | FRAME.endCurrentRow | FRAME.endOffsetFollowing;
  return (options & starts) !== 0 && (options & ends) !== 0 && (options & FRAME.exclusion) === 0;
}

function builtinName(node: PgNode, field: string, level: Level): string | undefined {
  const called = level.analysis.catalogue.functions[String(nodeNumber(node, field))];
  return called?.schema === 'pg_catalog' ? called.name : undefined;
}
