import { DomainError } from '#kernel/domain/domain-error.ts';
import type { WithResponseHeaders } from '#kernel/http/problems/problem.ts';

/** A request without credentials where they are required. Source: RFC 6750 section 3: no error code then. */
export class MissingCredentialsError extends DomainError implements WithResponseHeaders {
  readonly kind = 'unauthenticated';
  readonly code = 'missing-credentials';
  readonly responseHeaders = { 'www-authenticate': 'Bearer' };

  constructor() {
    super('This operation needs a bearer token in the Authorization header.');
  }
}

/**
 * A token that is malformed, expired, not meant for this API, or not signed by the Identity service. The response
 * says of an expired one that it is, which its holder can read in it (RFC 6750 section 3.1), and of others nothing: `reason` is
 * for the log, tests and counters.
 */
export class InvalidTokenError extends DomainError implements WithResponseHeaders {
  readonly kind = 'unauthenticated';
  readonly code = 'invalid-token';
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly reason: TokenFault;
  override readonly logged: string;

  constructor(reason: TokenFault) {
    const detail = reason === 'expired' ? 'The access token expired' : 'The access token is not valid';
    super(`${detail}.`);
    this.reason = reason;
    this.responseHeaders = {
      'www-authenticate': `Bearer error="invalid_token", error_description="${detail}"`,
    };
    this.logged = reason === 'expired' ? 'token expired' : `token refused: ${reason}`;
  }
}

/** Why a token is refused. A closed set, so that it can label a counter. */
export type TokenFault =
  | 'malformed'
  | 'too-long'
  | 'algorithm'
  | 'type'
  | 'critical-header'
  | 'key-id'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'expiry'
  | 'lifetime'
  | 'not-before'
  | 'issued-at'
  | 'subject'
  | 'unknown-key'
  | 'signature';

/** Credentials sent more than once: in two header lines, or in the header and the query. Source: RFC 6750 section 2. */
export class AmbiguousCredentialsError extends DomainError implements WithResponseHeaders {
  readonly kind = 'malformed';
  readonly code = 'ambiguous-credentials';
  readonly responseHeaders = {
    'www-authenticate':
      'Bearer error="invalid_request", error_description="The request carries more than one credential"',
  };

  constructor() {
    super('The request carries more than one credential.');
  }
}

/** A good token that lacks a scope. Source: RFC 6750 section 3.1. */
export class InsufficientScopeError extends DomainError implements WithResponseHeaders {
  readonly kind = 'forbidden';
  readonly code = 'insufficient-scope';
  readonly responseHeaders: Readonly<Record<string, string>>;

  constructor(requiredScopes: readonly string[]) {
    super('The access token does not carry the scope that this operation needs.');
    const scope = requiredScopes.filter((name) => SCOPE_TOKEN.test(name)).join(' ');
    this.responseHeaders = { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` };
  }
}

/** Scopes come from the contract; what cannot stand in a quoted header value is left out. Source: RFC 6749 section 3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * The token cannot be checked now: its key is unknown and the Identity service does not answer. Not a 401, which
 * would log users out for an outage.
 */
export class KeysUnavailableError extends DomainError implements WithResponseHeaders {
  readonly kind = 'unavailable';
  readonly code = 'identity-unavailable';
  readonly responseHeaders = { 'retry-after': '5' };

  constructor(options: { readonly cause?: unknown } = {}) {
    super('Access tokens cannot be checked at the moment.', options);
  }
}
