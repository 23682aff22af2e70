import { nodeChild, nodeFlag, nodeText } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { judge, judgeAll } from './level.ts';
import type { Level } from './level.ts';
import { notNull, nullWhenAnyIs, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether an array or one of its elements can be null. */
export function elementsVerdict(array: PgNode, level: Level): Verdict {
  if (array.tag === 'ARRAYEXPR') {
    const multiple = nodeFlag(array, 'multidims');
    return multiple ? undecided('it is an array of arrays') : judgeAll(array, level, 'elements');
  }
  if (array.tag === 'CONST') {
    return hasNoNulls(array)
      ? notNull('no element of the constant is null')
      : nullable('the constant holds NULL');
  }
  if (array.tag === 'RELABELTYPE' || array.tag === 'ARRAYCOERCEEXPR') {
    const inner = nodeChild(array, 'arg');
    const cast = nodeChild(array, 'elemexpr');
    const verdicts = [
      ...(inner === null ? [] : [elementsVerdict(inner, level)]),
      ...(cast === null ? [] : [judge(cast, level)]),
    ];
    return nullWhenAnyIs(verdicts, 'its elements cannot be null, and their cast gives none');
  }
  if (array.tag === 'PARAM') {
    // The parameter's type is an array of values that are not null.
    return judge(array, level);
  }
  return nullable('an array can hold null');
}

/**
 * Whether a constant array holds no null. In PostgreSQL's arrays the length of the header and the number of dimensions, four bytes
 * each, come before the offset of the data, which is 0 when there is no bitmap of nulls (utils/array.h).
 */
function hasNoNulls(constant: PgNode): boolean {
  const bytes = nodeText(constant, 'constvalueBytes').split(' ');
  return (
    !nodeFlag(constant, 'constisnull') &&
    bytes.length >= 16 &&
    bytes.slice(8, 12).every((byte) => byte === '0')
  );
}
