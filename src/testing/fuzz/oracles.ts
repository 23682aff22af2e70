import assert from 'node:assert/strict';
import type { Operation } from '#kernel/contract/operation.ts';
import type { FuzzAnswer } from './send-request.ts';
import type { FuzzRequest } from './request-arbitrary.ts';

/** Statuses that belong to no operation: nothing is served at that path, or not so. */
const ELSEWHERE = new Set(['/problems/no-such-path', '/problems/method-not-allowed']);
const MAX_PROBLEM_BYTES = 16_000;

/**
 * What must be true of every answer. That bodies match their schemas is checked in the app itself, which runs with
 * responses enforced: a body that does not match is a 500.
 *
 * @throws {AssertionError} naming the operation.
 */
export function checkAnswer({ operation }: FuzzRequest, answer: FuzzAnswer): void {
  const { status, headers, text } = answer;
  const place = `${operation.id}: ${status} ${text.slice(0, 500)}`;
  assert.ok(status >= 200 && status < 500, place);
  if (status >= 400) {
    assert.equal(headers['content-type'], 'application/problem+json', place);
    assert.ok(text.length < MAX_PROBLEM_BYTES, place);
    const problem: unknown = JSON.parse(text);
    assert.equal(Object(problem).status, status, place);
    if (ELSEWHERE.has(String(Object(problem).type))) return;
  }
  assert.ok(isDeclared(operation, status), `not declared: ${place}`);
}

function isDeclared({ responses }: Operation, status: number): boolean {
  const range = `${Math.trunc(status / 100)}XX`;
  return responses.some(
    (each) => each.status === status || each.status === range || each.status === 'default',
  );
}

/**
 * What was written is what is read: every text and number at the top of the body that was sent.
 *
 * @throws {AssertionError} naming the property.
 */
export function checkWritten(sent: unknown, read: unknown): void {
  if (typeof sent !== 'object' || sent === null || typeof read !== 'object' || read === null) return;
  for (const [name, value] of Object.entries(sent)) {
    if (!Object.hasOwn(read, name) || (typeof value === 'object' && value !== null)) continue;
    assert.equal(
      JSON.stringify(Reflect.get(read, name)),
      JSON.stringify(value),
      `${name} came back otherwise`,
    );
  }
}
