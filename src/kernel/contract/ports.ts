import type { IncomingMessage } from 'node:http';
import type { DomainError } from '#kernel/domain/domain-error.ts';
import type { Exchange } from '#kernel/http/exchange.ts';
import type { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { ModuleBinding } from './module-binding.ts';
import type { BodyKind, Operation } from './operation.ts';
import type { PreparedResponse } from './respond/send-response.ts';

/**
 * What the contract runtime needs of others and does not know how they do it: `kernel/auth` implements `Authenticator`,
 * `kernel/rate-limit` `RateLimiter`, `kernel/idempotency` `IdempotencyStore`, `kernel/referee` `Referee`. The composition root brings them together.
 */

/** The person or service that verified credentials speak for. */
export interface User {
  /** The token's `sub`: opaque text of 1 to 255 characters, unique at the Identity service. Not a UUID. */
  readonly subject: string;
  /** From the token's `scope` claim (RFC 8693 section 4.2); empty when it has none. */
  readonly scopes: readonly string[];
}

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

/** How many requests may be made in a window of time. */
export interface Quota {
  readonly requests: number;
  /** At most a day: what was counted longer ago is forgotten. */
  readonly windowSeconds: number;
}

/** Limits how many requests a subject may make, or an address without good credentials. */
export interface RateLimiter {
  /**
   * Counts one request and writes what is left into the response.
   *
   * @param subject of the verified credentials; undefined for a request without good ones, which counts for its address.
   * @param own the operation's own quota beside the general one, if it has one.
   * @returns what to wait for; undefined when nothing has to be waited for.
   * @throws {DomainError} of kind `rate-limited` when a quota is used up.
   */
  take(
    exchange: Exchange,
    subject: string | undefined,
    own: { readonly id: string; readonly quota: Quota } | undefined,
  ): Promise<void> | undefined;
}

/** One use of an `Idempotency-Key`: keys of different subjects or operations never meet. */
export interface IdempotentCall {
  readonly subject: string;
  readonly operationId: string;
  readonly key: string;
  /** SHA-256 of what is asked. */
  readonly fingerprint: Uint8Array;
}

/** Does work once however often it is asked for. */
export interface IdempotencyStore {
  /**
   * The response of `work`, or the one that it gave the first time. `work` may run more than once, as in a transaction.
   *
   * @throws {DomainError} when the key came with another request before, or its first request is still running.
   */
  once(call: IdempotentCall, work: () => Promise<PreparedResponse>): Promise<PreparedResponse>;
}

/** A request whose operation is known, and what this runtime made of it. */
export interface JudgedRequest {
  readonly module: ModuleBinding;
  readonly operation: Operation;
  readonly request: IncomingMessage;
  /** All bytes of the body; none when it has none or was not read. */
  readonly body: Uint8Array;
  /** How the body is written; undefined when none was expected. */
  readonly kind: BodyKind | undefined;
  /** Why the request is refused; undefined when it matches the contract. */
  readonly refusal: ProtocolError | undefined;
}

/** A second, independent reader of the contract. `kernel/referee` has one. */
export interface Referee {
  /**
   * Reads a request again and compares. Decides nothing about it.
   *
   * @throws {Error} when the readings differ and that is to be an error.
   */
  judge(judged: JudgedRequest): Promise<void>;
}
