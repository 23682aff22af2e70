import { child, items, members } from '../../load/cursor.ts';
import type { Cursor } from '../../load/cursor.ts';
import { member, textMember } from '../../load/json-value.ts';
import type { SpecSet } from '../../load/spec-set.ts';
import { enclosing } from '../../load/walk-document.ts';
import type { Visit } from '../../load/walk-document.ts';
import { behind } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Components of specs/common that say what the runtime answers, by status. */
const COMPONENTS = {
  400: 'BadRequest',
  406: 'NotAcceptable',
  409: 'Conflict',
  413: 'ContentTooLarge',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableContent',
  428: 'PreconditionRequired',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
} as const;

type Status = keyof typeof COMPONENTS;

/**
 * An operation declares what the runtime answers before and after its handler: clients are generated from the contract alone.
 * The response 401 has a rule of its own.
 */
export const runtimeResponses: Rule = {
  name: 'runtime-responses',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      // The operations of a callback are served by whoever is called.
      if (kind !== 'operation' || enclosing(visit, 'callback') !== undefined) continue;
      const responses = child(cursor, 'responses');
      const declared = new Set(members(responses).map(([status]) => status.toUpperCase()));
      for (const [status, why] of answers(specs, visit)) {
        if ([`${status}`, `${String(status)[0]}XX`, 'DEFAULT'].some((each) => declared.has(each))) continue;
        const reference = `../common/components.yaml#/components/responses/${COMPONENTS[status]}`;
        yield {
          at: responses ?? cursor,
          message: `the runtime answers ${status} ${why}; add '${status}': { $ref: ${reference} }`,
        };
      }
    }
  },
};

// What an operation is answered with beside what its handler says, and when.
function* answers(specs: SpecSet, { cursor, parent }: Visit): Generator<readonly [Status, string]> {
  const own = items(child(cursor, 'parameters'));
  const shared = parent === undefined ? [] : items(child(parent.cursor, 'parameters'));
  const parameters = [...own, ...shared].map((parameter) => behind(specs, parameter)?.value ?? null);
  const header = (name: string): (typeof parameters)[number] | undefined =>
    parameters.find(
      (each) => textMember(each, 'in') === 'header' && textMember(each, 'name')?.toLowerCase() === name,
    );
  const hasBody = child(cursor, 'requestBody') !== undefined;
  // Also of an operation that takes nothing: a query parameter that it does not have is refused.
  yield [400, 'when the request does not match the contract'];
  if (hasSuccessContent(specs, cursor)) yield [406, 'when Accept names none of the media types'];
  if (header('idempotency-key') !== undefined) {
    yield [409, 'while a request with the same Idempotency-Key is under way'];
    yield [422, 'when an Idempotency-Key comes again with another request'];
  }
  if (hasBody) {
    yield [413, 'when the body is too large'];
    yield [415, 'when the body is of another media type'];
  }
  const ifMatch = header('if-match');
  if (ifMatch !== undefined && member(ifMatch, 'required') === true) yield [428, 'without If-Match'];
  yield [429, 'when the caller has used up a budget'];
  yield [500, 'when the server fails'];
  yield [503, 'when the server cannot answer at the moment'];
}

/** Whether `Accept` is looked at: some response below 400 has content. */
function hasSuccessContent(specs: SpecSet, operation: Cursor): boolean {
  return members(child(operation, 'responses')).some(([status, response]) => {
    const target = /^[23]/.test(status) ? behind(specs, response) : undefined;
    return target !== undefined && members(child(target, 'content')).length > 0;
  });
}
