import type { FunctionFacts } from '../catalogue/catalogue.ts';
import { functionBody } from '../tree/function-body.ts';
import { nodeChildren } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { judge, judgeAll } from './level.ts';
import type { Analysis, Level } from './level.ts';
import { notNull, nullWhenAnyIs, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Why nothing is known of what a function of the author's returns, and how it could be. */
export function unknownResult(called: FunctionFacts | undefined): string {
  if (called === undefined) return 'it is not known whether this function can return null';
  const unknown = `it is not known whether ${called.name} can return null`;
  return called.isSqlText
    ? `${unknown}, because PostgreSQL has not read its body: write it as BEGIN ATOMIC … END, or RETURN, instead of a string`
    : unknown;
}

/** Verdicts on the columns of a function that returns a set of rows of its body; undefined when nothing is known. */
export function columnsOfBody(
  call: PgNode,
  called: FunctionFacts,
  level: Level,
): readonly Verdict[] | undefined {
  const body = functionBody(called);
  return body === null ? undefined : judgeBody(call, called, body.query, level);
}

/** The verdict on a function of one value; undefined when nothing is known, as of a query that may have no row. */
export function valueOfBody(call: PgNode, called: FunctionFacts, level: Level): Verdict | undefined {
  const body = functionBody(called);
  if (body?.isExpression !== true) return undefined;
  const [value] = judgeBody(call, called, body.query, level);
  if (value === undefined) return undefined;
  return called.isStrict
    ? nullWhenAnyIs([judgeAll(call, level), value], `neither ${called.name} nor its arguments can be null`)
    : value;
}

function judgeBody(
  call: PgNode,
  called: FunctionFacts,
  body: PgNode,
  { analysis, ...level }: Level,
): readonly Verdict[] {
  const given = nodeChildren(call, 'args');
  // Named and left-out arguments stand at other places than the parameters.
  const isByPlace = given.every(({ tag }) => tag !== 'NAMEDARGEXPR');
  const parameters = new Map(
    given.map((argument, index): [number, Verdict] => {
      // A strict function that is given null runs no body.
      if (called.isStrict) return [index + 1, notNull(`${called.name} is strict`)];
      return [
        index + 1,
        isByPlace ? judge(argument, { analysis, ...level }) : undecided('it is a named argument'),
      ];
    }),
  );
  const own: Analysis = { ...analysis, parameters, assumptions: new Map(), assumed: { count: 0 } };
  return own.judgeQuery(body, null, own);
}
