import type { Authenticator, Credentials } from '#kernel/contract/ports.ts';
import {
  InsufficientScopeError,
  MissingCredentialsError,
  AmbiguousCredentialsError,
  InvalidTokenError,
} from './errors.ts';
import type { VerifyToken } from './verify-token.ts';

/** The contract's `bearerAuth`: bearer tokens in the `Authorization` header. Source: RFC 6750 section 2.1. */
export function createBearerAuthenticator(verifyToken: VerifyToken): Authenticator {
  return {
    scheme: { type: 'http', scheme: 'bearer' },
    async authenticate(credentials) {
      const token = parseBearerToken(credentials);
      return token === undefined ? undefined : verifyToken(token);
    },
    missingCredentials: () => new MissingCredentialsError(),
    insufficientScope: (requiredScopes) => new InsufficientScopeError(requiredScopes),
  };
}

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
function parseBearerToken(credentials: Credentials): string | undefined {
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
