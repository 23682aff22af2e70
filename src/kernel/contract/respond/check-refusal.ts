import type { Exchange } from '#kernel/http/exchange.ts';
import { findExpected, toProblem } from '#kernel/http/problems/to-problem.ts';
import type { BoundOperation } from '../bound-operation.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { contentIndex, describingIndex, ResponseError } from './handler-response.ts';

/**
 * Checks that what the runtime or a handler threw is a problem that the operation declares, in its status and its body. Failures of
 * the server (5xx) may happen to every operation and are not looked at.
 *
 * @throws {ResponseError} when it is not and checks are enforced; else it is logged and goes out as it is.
 */
export function checkRefusal(
  exchange: Exchange,
  { operation, shapes, validator }: BoundOperation,
  error: unknown,
  options: RuntimeOptions,
): void {
  // A defect found in the answer is told as what it is.
  if (options.responseChecks === 'off' || findExpected(error) === undefined) return;
  const { problem, headers } = toProblem(error, exchange.occurrence);
  if (problem.status >= 500) return;
  const breaches: string[] = [];
  const index = describingIndex(operation.responses, problem.status);
  const description = operation.responses[index];
  if (description === undefined) {
    breaches.push(
      `the request was refused with ${problem.status} (${problem.type}), which the contract does not declare.`,
    );
  } else {
    const shape =
      shapes.responses[index]?.contents[contentIndex(description.content, 'application/problem+json')];
    const failures =
      shape === undefined
        ? []
        : validator.checkResponse(shape, { headers: readBack(headers), body: problem });
    breaches.push(...failures.map((failure) => `the problem ${problem.status} is not valid: ${failure}.`));
  }
  if (breaches.length === 0) return;
  const breach = new ResponseError(operation.id, breaches.join(' '));
  // What is thrown is logged where it is answered.
  if (options.responseChecks === 'enforce') throw breach;
  options.logger.error({ err: breach, operation: operation.id }, 'A problem breaks the contract.');
}

/** Headers as a contract describes them: `Retry-After` is written as text and is a number of seconds. Source: RFC 9110 §10.2.3. */
function readBack(headers: Readonly<Record<string, string>>): Readonly<Record<string, string | number>> {
  const { 'retry-after': seconds, ...others } = headers;
  return seconds === undefined ? headers : { ...others, 'retry-after': Number(seconds) };
}
