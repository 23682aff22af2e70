import type { FunctionFacts } from '../catalogue/catalogue.ts';
import { nodeChildren, nodeFlag, nodeNumber, walkNodes } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { elementsVerdict } from './elements.ts';
import { columnsOfBody, unknownResult, valueOfBody } from './function-bodies.ts';
import {
  PARTIAL_OPERATORS,
  TOTAL_OPERATORS,
  functionBehaviour,
  isGeometric,
  setColumns,
} from './known-functions.ts';
import { judge, judgeAll } from './level.ts';
import type { Level } from './level.ts';
import { calledFunction } from './strictness.ts';
import { notNull, nullWhenAllAre, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether a function call can be null: one value, or each row's value of a set. */
export function callVerdict(node: PgNode, level: Level): Verdict {
  const called = calledFunction(node, level.analysis.catalogue);
  if (called === undefined) {
    return undecided('it calls an unknown function');
  }
  if (called.returnsSet) {
    return targetSetVerdict(node, called, level);
  }
  const args = judgeAll(node, level);
  switch (functionBehaviour(called)) {
    case 'total':
      return args.nullability === 'not-null' ? notNull(`${called.name} of values is never null`) : args;
    case 'never-null':
      return nodeFlag(node, 'funcvariadic')
        ? undecided('its arguments are an array')
        : notNull(`${called.name} is never null`);
    case 'first':
      return nodeFlag(node, 'funcvariadic')
        ? undecided('its arguments are an array')
        : judge(nodeChildren(node, 'args')[0], level);
    case 'all':
      return eachNull(node, level, called);
    case 'partial':
      return nullable(`${called.name} can be null for values that are not`);
    case 'unknown':
    default:
      return called.isStrict && args.nullability === 'nullable'
        ? nullable(`${called.name} is strict, and ${args.reason}`)
        : (valueOfBody(node, called, level) ?? undecided(unknownResult(called)));
  }
}

/** Whether an operator's result can be null. */
export function operatorVerdict(node: PgNode, level: Level): Verdict {
  const operator = level.analysis.catalogue.operators[String(nodeNumber(node, 'opno'))];
  const operands = judgeAll(node, level);
  if (operator?.schema !== 'pg_catalog') {
    const called = calledFunction(node, level.analysis.catalogue);
    return called?.isStrict === true && operands.nullability === 'nullable'
      ? operands
      : undecided(`it is not known whether the operator ${operator?.name ?? '?'} can give null`);
  }
  // || of arrays takes a null array for an empty one.
  const called = calledFunction(node, level.analysis.catalogue);
  const behaviour = called === undefined ? 'unknown' : functionBehaviour(called);
  if (called !== undefined && behaviour === 'never-null') {
    return notNull(`${called.name} is never null`);
  }
  if (called !== undefined && behaviour === 'all') {
    return eachNull(node, level, called);
  }
  const types = `${operator.left}, ${operator.right}`;
  const looksIntoJson = operator.name === '@@' && /jsonpath/.test(types);
  if (looksIntoJson || PARTIAL_OPERATORS.has(operator.name)) {
    return isGeometric(types)
      ? undecided('geometric operators can give null')
      : nullable(`${operator.name} may find nothing`);
  }
  const isTotal = TOTAL_OPERATORS.has(operator.name) || operator.name === '@@';
  if (!isTotal || isGeometric(types)) {
    return undecided(`it is not known whether the operator ${operator.name} can give null`);
  }
  return operands.nullability === 'not-null' ? notNull(`${operator.name} of values is never null`) : operands;
}

function eachNull(node: PgNode, level: Level, called: FunctionFacts): Verdict {
  return nullWhenAllAre(
    nodeChildren(node, 'args').map((part) => judge(part, level)),
    `every argument of ${called.name} can be null`,
  );
}

/** A set in the SELECT list: shorter sets than the longest are filled with nulls. */
function targetSetVerdict(node: PgNode, called: FunctionFacts, level: Level): Verdict {
  if (countSets(nodeChildren(level.query, 'targetList')) > 1) {
    return nullable('the shorter of several sets is filled with nulls');
  }
  return setColumnVerdicts(node, called, level)?.[0] ?? undecided(unknownResult(called));
}

/** Verdicts on the columns of a set-returning call; undefined when nothing is known. */
export function setColumnVerdicts(
  node: PgNode,
  called: FunctionFacts,
  level: Level,
): readonly Verdict[] | undefined {
  const [first] = nodeChildren(node, 'args');
  if (called.name === 'unnest' && called.arguments === 'anyarray' && first !== undefined) {
    return [elementsVerdict(first, level)];
  }
  return (
    setColumns(called)?.map((column) =>
      column === 'total'
        ? notNull(`${called.name} returns no nulls`)
        : nullable(`${called.name} can return nulls`),
    ) ?? columnsOfBody(node, called, level)
  );
}

function countSets(nodes: readonly PgNode[]): number {
  let count = 0;
  for (const node of nodes.flatMap((root) => walkNodes(root))) {
    if (nodeFlag(node, 'funcretset') || nodeFlag(node, 'opretset')) {
      count += 1;
    }
  }
  return count;
}
