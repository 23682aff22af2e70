import type { Credentials } from '#kernel/contract/ports.ts';

import { AmbiguousCredentialsError, InvalidTokenError } from './errors.ts';

/** Longer ones are refused unread. Node bounds all header fields together at 16 KiB. */
const MAX_TOKEN_LENGTH = 8192;

const SCHEME = /^bearer(?: |$)/i;

/**
 * The bearer token of a request; undefined when it has none, or credentials of another scheme. A token in the query
 * alone is no credential: URLs end in logs. Sources: RFC 6750 section 2, RFC 9110 section 11.1 (the scheme's case does
 * not matter).
 *
 * @throws {AmbiguousCredentialsError} when there are two `Authorization` lines, or one beside an `access_token` query.
 * @throws {InvalidTokenError} when the token is not the text of a signed JWT.
 */
export function parseBearerToken(credentials: Credentials): string | undefined {
  const lines = credentials.headerLines('authorization');
  const [line] = lines;
  if (line === undefined) return undefined;
  if (lines.length > 1) throw new AmbiguousCredentialsError();
  if (!SCHEME.test(line)) return undefined;
  const { query } = credentials;
  if (query !== '' && new URLSearchParams(query).has('access_token')) throw new AmbiguousCredentialsError();
  const token = line.slice('bearer '.length);
  if (token.length > MAX_TOKEN_LENGTH) throw new InvalidTokenError('too-long');
  return token;
}
