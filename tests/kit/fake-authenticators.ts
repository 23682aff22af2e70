import type { Authenticator, Authenticators, Credentials, User } from '#kernel/contract/ports.ts';
import { DomainError, type ErrorKind } from '#kernel/domain/domain-error.ts';

class CredentialError extends DomainError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly responseHeaders: Readonly<Record<string, string>>;

  constructor(kind: ErrorKind, code: string, challenge: string) {
    super('These credentials do not do.');
    this.kind = kind;
    this.code = code;
    this.responseHeaders = kind === 'unavailable' ? {} : { 'www-authenticate': challenge };
  }
}

/**
 * Credentials that say what they are: `ann` is user ann, `ann+kitchen:write` has a scope, `bad` is refused, `down`
 * cannot be checked.
 */
function createFakeAuthenticator(
  scheme: Authenticator['scheme'],
  read: (credentials: Credentials) => string | undefined,
): Authenticator {
  return {
    scheme,
    authenticate(credentials) {
      const text = read(credentials);
      if (text === 'bad') {
        return Promise.reject(
          new CredentialError('unauthenticated', 'invalid-token', 'Bearer error="invalid_token"'),
        );
      }
      if (text === 'down') return Promise.reject(new CredentialError('unavailable', 'keys-unavailable', ''));
      return Promise.resolve(text === undefined ? undefined : toUser(text));
    },
    missingCredentials: () => new CredentialError('unauthenticated', 'credentials-required', 'Bearer'),
    insufficientScope: () =>
      new CredentialError('forbidden', 'insufficient-scope', 'Bearer error="insufficient_scope"'),
  };
}

function toUser(text: string): User {
  const [subject = '', ...scopes] = text.split('+');
  return { subject, scopes };
}

function cookie(credentials: Credentials, name: string): string | undefined {
  return new RegExp(`(?:^|; *)${name}=([^;]*)`).exec(credentials.headerLines('cookie')[0] ?? '')?.[1];
}

/** Authenticators of every kind of security scheme. */
export function createFakeAuthenticators(): Authenticators {
  return {
    bearerAuth: createFakeAuthenticator(
      { type: 'http', scheme: 'bearer' },
      (credentials) => /^Bearer (.*)$/i.exec(credentials.headerLines('authorization')[0] ?? '')?.[1],
    ),
    headerKey: createFakeAuthenticator(
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      (credentials) => credentials.headerLines('x-key')[0],
    ),
    queryKey: createFakeAuthenticator(
      { type: 'apiKey', in: 'query', name: 'key' },
      (credentials) => new URLSearchParams(credentials.query).get('key') ?? undefined,
    ),
    cookieKey: createFakeAuthenticator({ type: 'apiKey', in: 'cookie', name: 'key' }, (credentials) =>
      cookie(credentials, 'key'),
    ),
  };
}
