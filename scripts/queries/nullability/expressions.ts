import { nodeChild, nodeChildren, nodeFlag, nodeNumber, nodeText } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { aggregateVerdict, windowVerdict } from './aggregates.ts';
import { callVerdict, operatorVerdict } from './calls.ts';
import { columnVerdict } from './columns.ts';
import { elementsVerdict } from './elements.ts';
import { judge, judgeAll, judgeField, withProofs } from './level.ts';
import type { Level } from './level.ts';
import { bothProofs, provenWhen } from './proofs.ts';
import { sublinkVerdict } from './sublinks.ts';
import { notNull, nullWhenAllAre, nullWhenAnyIs, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether an expression of that query can be null. */
export function expressionVerdict(node: PgNode, level: Level): Verdict {
  const rule = RULES[node.tag];
  return rule === undefined ? undecided(`nothing is known of a ${node.tag}`) : rule(node, level);
}

type Rule = (node: PgNode, level: Level) => Verdict;

const NEVER: Rule = () => notNull('such an expression is never null');
const AS_ARGUMENT: Rule = (node, level) => judgeField(node, 'arg', level);
const AS_ARGUMENTS: Rule = (node, level) => judgeAll(node, level);

/** By tag of PostgreSQL's node. */
const RULES: Readonly<Record<string, Rule>> = {
  VAR: columnVerdict,
  CONST: (node) => (nodeFlag(node, 'constisnull') ? nullable('it is NULL') : notNull('it is a constant')),
  PARAM: parameterVerdict,
  FUNCEXPR: callVerdict,
  OPEXPR: operatorVerdict,
  SCALARARRAYOPEXPR: arrayComparisonVerdict,
  DISTINCTEXPR: NEVER,
  NULLTEST: NEVER,
  BOOLEANTEST: NEVER,
  NULLIFEXPR: () => nullable('NULLIF gives null for equal values'),
  BOOLEXPR: AS_ARGUMENTS,
  ROWCOMPAREEXPR: (node, level) =>
    nullWhenAnyIs([judgeAll(node, level, 'largs'), judgeAll(node, level, 'rargs')], 'no field can be null'),
  // The element that a cast of an array is given: what it can be is judged with the array.
  CASETESTEXPR: () => notNull('it stands for a value that is not null'),
  COALESCEEXPR: (node, level) => leastNull(node, level, 'every argument of COALESCE can be null'),
  MINMAXEXPR: (node, level) => leastNull(node, level, 'every argument of GREATEST or LEAST can be null'),
  CASEEXPR: caseVerdict,
  RELABELTYPE: AS_ARGUMENT,
  COERCEVIAIO: AS_ARGUMENT,
  ARRAYCOERCEEXPR: AS_ARGUMENT,
  CONVERTROWTYPEEXPR: AS_ARGUMENT,
  COLLATEEXPR: AS_ARGUMENT,
  NAMEDARGEXPR: AS_ARGUMENT,
  COERCETODOMAIN: (node, level) =>
    level.analysis.catalogue.notNullDomains.includes(nodeText(node, 'resulttype'))
      ? notNull('its domain forbids null')
      : judgeField(node, 'arg', level),
  ARRAYEXPR: NEVER,
  ROWEXPR: NEVER,
  GROUPINGFUNC: NEVER,
  MERGESUPPORTFUNC: NEVER,
  NEXTVALUEEXPR: NEVER,
  SQLVALUEFUNCTION: (node) =>
    // 14: current_schema, null when the search path has no schema
    nodeNumber(node, 'op') === 14
      ? nullable('there may be no current schema')
      : notNull('the server always has it'),
  SUBLINK: sublinkVerdict,
  AGGREF: aggregateVerdict,
  WINDOWFUNC: windowVerdict,
  SUBSCRIPTINGREF: (node, level) =>
    isSlice(node)
      ? nullWhenAnyIs(
          [
            judgeField(node, 'refexpr', level),
            judgeAll(node, level, 'refupperindexpr'),
            judgeAll(node, level, 'reflowerindexpr'),
          ],
          'a slice of an array is an array',
        )
      : nullable('there may be no such element'),
  FIELDSELECT: () => nullable('a field of a composite value can be null'),
  JSONCONSTRUCTOREXPR: jsonConstructorVerdict,
  JSONVALUEEXPR: (node, level) => judgeField(node, 'formatted_expr', level),
  JSONISPREDICATE: (node, level) => judgeField(node, 'expr', level),
  JSONEXPR: (node, level) =>
    nodeNumber(node, 'op') === JSON_EXISTS
      ? jsonExistsVerdict(node, level)
      : nullable('the path may find nothing'),
};

/** PostgreSQL's JSON_EXISTS_OP, and its JSON_BEHAVIOR_UNKNOWN: what `UNKNOWN ON ERROR` says. */
const JSON_EXISTS = 0;
const UNKNOWN_ON_ERROR = 5;

function jsonExistsVerdict(node: PgNode, level: Level): Verdict {
  const onError = nodeChild(node, 'on_error');
  return onError !== null && nodeNumber(onError, 'btype') === UNKNOWN_ON_ERROR
    ? nullable('an error is unknown')
    : nullWhenAnyIs(
        [judgeField(node, 'formatted_expr', level), judgeField(node, 'path_spec', level)],
        'JSON_EXISTS of a value is true or false',
      );
}

/** `array[1:2]`, `array[:2]`, `array[:]`: bounds that are left out are in the list too, as nothing. */
function isSlice(node: PgNode): boolean {
  const lower = node.fields['reflowerindexpr'];
  return Array.isArray(lower) && lower.length > 0;
}

function leastNull(node: PgNode, level: Level, reason: string): Verdict {
  return nullWhenAllAre(
    nodeChildren(node, 'args').map((part) => judge(part, level)),
    reason,
  );
}

function parameterVerdict(node: PgNode, level: Level): Verdict {
  if (nodeNumber(node, 'paramkind') !== 0) {
    return undecided('it is one of several columns assigned together');
  }
  return (
    level.analysis.parameters.get(nodeNumber(node, 'paramid')) ?? undecided('it is an unknown parameter')
  );
}

/** A branch is taken when its condition is true and those before it are not. */
function caseVerdict(node: PgNode, level: Level): Verdict {
  const { query, analysis } = level;
  const isSearched = nodeChild(node, 'arg') === null;
  const branches: Verdict[] = [];
  let inside = level;
  for (const branch of nodeChildren(node, 'args')) {
    const condition = nodeChild(branch, 'expr');
    const result = nodeChild(branch, 'result');
    if (condition === null || !isSearched) {
      branches.push(judge(result, inside));
      continue;
    }
    const met = provenWhen(condition, 'true', query, analysis.catalogue);
    branches.push(judge(result, withProofs(inside, bothProofs(inside.proofs, met))));
    const missed = provenWhen(condition, 'not-true', query, analysis.catalogue);
    inside = withProofs(inside, bothProofs(inside.proofs, missed));
  }
  branches.push(judgeField(node, 'defresult', inside));
  return nullWhenAnyIs(branches, 'no branch of CASE can be null');
}

/** `x = ANY (array)` is null for a null in the array, unless something matched. */
function arrayComparisonVerdict(node: PgNode, level: Level): Verdict {
  const [value, array] = nodeChildren(node, 'args');
  if (value === undefined || array === undefined) {
    return undecided('PostgreSQL gave no operands');
  }
  const elements = elementsVerdict(array, level);
  return nullWhenAnyIs(
    [operatorVerdict({ ...node, fields: { ...node.fields, args: [value] } }, level), elements],
    'neither side can be null',
  );
}

/** JSON_OBJECT and JSON_ARRAY make a value of anything; the aggregates need rows. */
function jsonConstructorVerdict(node: PgNode, level: Level): Verdict {
  const type = nodeNumber(node, 'type');
  if (type === 1 || type === 2) {
    return notNull('a JSON constructor is never null');
  }
  const inner = nodeChild(node, 'func');
  return inner === null ? judgeAll(node, level) : judge(inner, level);
}
