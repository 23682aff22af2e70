import type { Resend } from './descriptor.ts';

/** The header that makes a request safe to send again (draft-ietf-httpapi-idempotency-key-header). */
const KEY = 'idempotency-key';

/** Gives a request a key that has none: 128 random bits; `crypto.randomUUID` is missing on pages that are not served by HTTPS. */
export function addKey(headers: Record<string, string>): void {
  headers[KEY] ??= crypto
    .getRandomValues(new Uint32Array(4))
    .reduce((key, part) => key + part.toString(36), '');
}

/** By its key a server knows that a request is the same again; a 409 with `Retry-After` says that it still works on it. */
export const withKey: Resend = {
  isAllowed: (headers) => headers[KEY] !== undefined,
  isUnderWay: ({ status, headers }) => status === 409 && headers.has('retry-after'),
};
