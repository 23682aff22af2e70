import type { Authenticator } from '#kernel/contract/ports.ts';

import { parseBearerToken } from './bearer-token.ts';
import { InsufficientScopeError, MissingCredentialsError } from './errors.ts';
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
