import { nodeChild, nodeChildren, nodeNumber, resultColumns } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { enterQuery, judgeField, judgeQuery } from './level.ts';
import type { Analysis, Level } from './level.ts';
import { nullWhenAllAre, nullWhenAnyIs, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether each result column of a query can be null. */
export function queryColumns(query: PgNode, parent: Level | null, analysis: Analysis): readonly Verdict[] {
  const level = enterQuery(analysis, query, parent);
  const operation = nodeChild(query, 'setOperations');
  return operation === null
    ? resultColumns(query).map((entry) => judgeField(entry, 'expr', level))
    : setOperationColumns(operation, level);
}

/** PostgreSQL's SetOperation. */
const SetOperation = { union: 1, intersect: 2, except: 3 } as const;

function setOperationColumns(node: PgNode, level: Level): readonly Verdict[] {
  if (node.tag === 'RANGETBLREF') {
    const query = nodeChild(level.rangeTable[nodeNumber(node, 'rtindex') - 1] ?? node, 'subquery');
    return query === null ? [] : judgeQuery(query, level);
  }
  const operands = (side: string): readonly Verdict[] =>
    nodeChildren(node, side).flatMap((operand) => setOperationColumns(operand, level));
  const [left, right] = [operands('larg'), operands('rarg')];
  return left.map((verdict, column) => {
    const other = right[column] ?? undecided('the operands differ');
    switch (nodeNumber(node, 'op')) {
      case SetOperation.except:
        return verdict;
      case SetOperation.intersect:
        return nullWhenAllAre([verdict, other], 'both operands can have null');
      default:
        return nullWhenAnyIs([verdict, other], 'no operand has null there');
    }
  });
}
