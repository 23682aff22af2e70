import { createHash } from 'node:crypto';
import { ProtocolError, ContractError } from '#kernel/http/problems/protocol-error.ts';
import { parseEntityTags } from '../entity-tags.ts';
import type { Operation } from '../operation.ts';
import { accessOf } from '../security/authorize.ts';

/** Whether an operation takes `If-Match`, and whether every request must have it. */
export type IfMatchUse = 'none' | 'optional' | 'required';

/** It is taken when the contract declares the header, and required when that says so or the operation answers 428. */
export function ifMatchOf({ parameters, responses }: Operation): IfMatchUse {
  const header = parameters.find(({ in: location, key }) => location === 'header' && key === 'if-match');
  if (header === undefined) return 'none';
  return header.required || responses.some(({ status }) => status === 428) ? 'required' : 'optional';
}

/**
 * Checks that a request has the `If-Match` that its operation needs. Which version that allows is the module's to say.
 *
 * @param lines of the header; several are one list (RFC 9110 section 5.3).
 * @throws {ProtocolError} 428 when it is missing (RFC 6585 section 3), 400 when it is no list of entity tags.
 */
export function checkIfMatch(use: IfMatchUse, lines: readonly string[]): void {
  if (use === 'none') return;
  if (lines.length === 0) {
    if (use === 'optional') return;
    throw new ProtocolError(
      428,
      'if-match-required',
      'This operation needs If-Match with the ETag of the version that the change was made from.',
    );
  }
  if (parseEntityTags(lines.join(',')) !== undefined) return;
  const detail = 'must be * or a list of entity tags, such as "v3"';
  throw new ProtocolError(400, 'invalid-if-match', `If-Match ${detail}.`, {
    errors: [{ parameter: 'If-Match', code: 'entityTags', detail }],
  });
}

/** Whether an operation takes an `Idempotency-Key`, and whether every request must have one. */
export type IdempotencyUse = 'none' | 'optional' | 'required';

/**
 * An operation is safe to repeat when its contract declares the header parameter `Idempotency-Key`.
 *
 * @throws {Error} when the runtime cannot keep that promise: the caller is not known, or a body is a stream.
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

/** The values of a request as decoded, defaults applied: two requests with the same values ask for the same. */
export interface RequestValues {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly cookies: Record<string, unknown>;
  readonly body?: unknown;
}

/** SHA-256 over a request's values, the key itself left out. */
export function fingerprintOf({ path, query, headers, cookies, body }: RequestValues): Uint8Array {
  const { 'idempotency-key': _key, ...others } = headers;
  return createHash('sha256')
    .update(JSON.stringify([path, query, others, body, cookies]))
    .digest();
}

/** Visible ASCII, as a token or as a string of RFC 9651 in quotes. */
const KEY = /^(?:"(?<quoted>[\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|(?<bare>[\x21\x23-\x7e]{1,255}))$/;

/**
 * The key of an `Idempotency-Key` header; undefined when there is none. `"abc"`, as the draft writes it, and `abc`, as most
 * clients do, are the same key.
 *
 * @throws {ContractError} when the header holds no key.
 */
export function readKey(header: unknown): string | undefined {
  if (header === undefined) return undefined;
  const groups = KEY.exec(typeof header === 'string' ? header : '')?.groups;
  const key = groups?.['quoted'] ?? groups?.['bare'];
  if (key !== undefined) return key;
  throw new ContractError([
    {
      parameter: 'Idempotency-Key',
      code: 'idempotencyKey',
      detail: 'must be 1 to 255 visible ASCII characters',
    },
  ]);
}
