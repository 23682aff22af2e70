import { nodeChild, nodeFlag } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { judge, judgeAll } from './level.ts';
import type { Level } from './level.ts';
import { nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether an array or one of its elements can be null. */
export function elementsVerdict(array: PgNode, level: Level): Verdict {
  if (array.tag === 'ARRAYEXPR') {
    const multiple = nodeFlag(array, 'multidims');
    return multiple ? undecided('it is an array of arrays') : judgeAll(array, level, 'elements');
  }
  if (array.tag === 'CONST' || array.tag === 'RELABELTYPE' || array.tag === 'ARRAYCOERCEEXPR') {
    const inner = nodeChild(array, 'arg');
    return inner === null ? undecided('a constant array may hold NULL') : elementsVerdict(inner, level);
  }
  if (array.tag === 'PARAM') {
    // The parameter's type is an array of values that are not null.
    return judge(array, level);
  }
  return nullable('an array can hold null');
}
