import type { Operation } from '../operation.ts';
import { accessOf } from '../security/authorize.ts';

/** Whether an operation takes an `Idempotency-Key`, and whether every request must have one. */
export type IdempotencyUse = 'none' | 'optional' | 'required';

/**
 * An operation is safe to repeat when its contract declares the header parameter `Idempotency-Key`.
 *
 * @throws {Error} when the runtime cannot keep that promise: callers are not known, or bodies are streams.
 */
export function idempotencyOf(operation: Operation): IdempotencyUse {
  const { id, method, parameters, body, responses } = operation;
  const header = parameters.find((each) => each.in === 'header' && each.key === 'idempotency-key');
  if (header === undefined) return 'none';
  if (method !== 'post' && method !== 'patch') {
    throw new Error(`Operation ${id} takes an Idempotency-Key; ${method.toUpperCase()} needs none.`);
  }
  if (accessOf(operation) !== 'required') {
    throw new Error(`Operation ${id} takes an Idempotency-Key and can be called without credentials.`);
  }
  const successes = responses.filter(({ status }) => typeof status !== 'number' || status < 400);
  const contents = [...(body?.content ?? []), ...successes.flatMap(({ content }) => content)];
  if (contents.some(({ kind }) => kind === 'binary' || kind === 'multipart')) {
    throw new Error(
      `Operation ${id} takes an Idempotency-Key; its bodies are streams, which cannot be replayed.`,
    );
  }
  return header.required ? 'required' : 'optional';
}
