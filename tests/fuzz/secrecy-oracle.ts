import assert from 'node:assert/strict';
import type { FuzzRequest } from './request-arbitrary.ts';
import type { FuzzAnswer } from './send-message.ts';

/** Shorter texts are found in sentences by chance. */
const MIN_LENGTH = 12;

/**
 * A refusal says where the body is wrong and what was expected there, and repeats none of its values: they may be secrets, and end in
 * logs. Names of members are not values; what is a name in a parameter depends on its style, so parameters are not looked at.
 *
 * @throws {AssertionError} when a sentence of the problem holds a text of the request.
 */
export function checkNothingRepeated({ operationId, body }: FuzzRequest, answer: FuzzAnswer): void {
  if (answer.status < 400 || answer.body.byteLength === 0) return;
  const { title, detail, errors = [] } = Object(JSON.parse(answer.body.toString()));
  const sentences = [title, detail, ...Array.from(errors, (each) => Object(each).detail)].join('\n');
  for (const text of textsIn(body?.value)) {
    assert.ok(!sentences.includes(text), `${operationId} repeats ${JSON.stringify(text)}: ${sentences}`);
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length < MIN_LENGTH ? [] : [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap((each) => textsIn(each));
}
