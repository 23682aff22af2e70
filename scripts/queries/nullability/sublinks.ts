import { cardinalityOf } from '../cardinality/cardinality.ts';
import { nodeChild, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { judge, judgeQuery } from './level.ts';
import type { Level } from './level.ts';
import { notNull, nullWhenAnyIs, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** PostgreSQL's SubLinkType. */
const SublinkKind = {
  exists: 0,
  all: 1,
  any: 2,
  rowCompare: 3,
  expression: 4,
  multiple: 5,
  array: 6,
} as const;

/** Whether a query inside an expression can give null. */
export function sublinkVerdict(node: PgNode, level: Level): Verdict {
  const query = nodeChild(node, 'subselect');
  if (query === null) {
    return undecided('PostgreSQL gave no subquery');
  }
  switch (nodeNumber(node, 'subLinkType')) {
    case SublinkKind.exists:
      return notNull('EXISTS is never null');
    case SublinkKind.array:
      return notNull('ARRAY of a query is never null');
    case SublinkKind.expression:
      return cardinalityOf(query, level.analysis.catalogue) === 'exactly-one'
        ? (judgeQuery(query, level)[0] ?? undecided('the subquery has no column'))
        : nullable('the subquery may find no row');
    case SublinkKind.any:
    case SublinkKind.all:
      // The comparison's right side is a parameter; the subquery's columns stand for it.
      return nullWhenAnyIs(
        [...judgeQuery(query, level), comparedVerdict(node, level)],
        'neither side can be null',
      );
    default:
      return nullable('the subquery may find no row');
  }
}

function comparedVerdict(node: PgNode, level: Level): Verdict {
  const test = nodeChild(node, 'testexpr');
  if (test?.tag !== 'OPEXPR') {
    return undecided('it compares rows');
  }
  const [value] = Array.isArray(test.fields['args']) ? test.fields['args'] : [];
  const alone: PgNode = { ...test, fields: { ...test.fields, args: [value ?? null] } };
  return judge(alone, level);
}
