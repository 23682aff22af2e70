import { createHash } from 'node:crypto';
import { ContractError } from '#kernel/http/problems/protocol-error.ts';

/** What of a request makes it this one and no other: its values as decoded, defaults applied. */
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
    { parameter: 'Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' },
  ]);
}
