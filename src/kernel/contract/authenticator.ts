import type { User } from '#kernel/auth/user.ts';
import type { DomainError } from '#kernel/domain/domain-error.ts';

/** Where a request may carry credentials, before anything of it is decoded. Nothing here is ever logged. */
export interface Credentials {
  /**
   * Every line of a header as it came, in order; empty when there is none. Node keeps only the first of two
   * `Authorization` lines in `headers`, so implementations look here. The name is in lower case.
   */
  headerLines(name: string): readonly string[];
  /** The raw query text after `?`, undecoded; empty when there is none. */
  readonly query: string;
}

/**
 * Checks the credentials of one security scheme of the contract. The algebra of `security` (alternatives, scopes,
 * optional) is the contract runtime's; an authenticator only says whom the credentials speak for.
 */
export interface Authenticator {
  /**
   * The security scheme that it implements, as OpenAPI writes it: `{ type: 'http', scheme: 'bearer' }`. The app does
   * not start when the contract's definition of the scheme differs.
   */
  readonly scheme: {
    readonly type: string;
    readonly scheme?: string;
    readonly in?: string;
    readonly name?: string;
  };
  /**
   * The user whom the credentials speak for; undefined when the request has no credentials of this scheme.
   *
   * @throws {DomainError} when there are credentials and they are not good: kind `unauthenticated` (401), `malformed`
   * (400, more than one credential) or `unavailable` (503, they could not be checked). May be `WithResponseHeaders`.
   */
  authenticate(credentials: Credentials): Promise<User | undefined>;
  /** The 401 for a request without credentials where they are required. */
  missingCredentials(): DomainError;
  /** The 403 for a user who lacks one of the scopes. */
  insufficientScope(requiredScopes: readonly string[]): DomainError;
}

/** Authenticators by the name of their security scheme in the contract: `{ bearerAuth: … }`. */
export type Authenticators = Readonly<Record<string, Authenticator>>;

/**
 * What an error adds to the headers of its problem response: `WWW-Authenticate`, `Retry-After`, `Allow`. Names in lower
 * case. Any thrown error may implement it.
 */
export interface WithResponseHeaders {
  readonly responseHeaders: Readonly<Record<string, string>>;
}
