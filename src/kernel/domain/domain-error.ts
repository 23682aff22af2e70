import type { Reason } from './error-code.ts';

/**
 * The kinds of expected failure. A kind decides the HTTP status in one table, `kernel/http/problems`; modules add codes,
 * never statuses.
 */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'rate-limited'
  | 'not-implemented'
  | 'unavailable';

/** One failure at a place of the request's body, or of a parameter, with its reason. */
export type ErrorDetail = Reason & {
  /** JSON pointer (RFC 6901) into the body, e.g. `/ingredients/0/quantity`; empty for the whole body. */
  readonly pointer?: string;
  /** The parameter's name on the wire. */
  readonly parameter?: string;
  /** What was expected; safe to show, never echoes the value. */
  readonly message: string;
};

/**
 * An expected failure that is the caller's to handle. Subclasses fix `kind` and `code`. `message` is safe to show;
 * `cause` is logged and never sent.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** Kebab-case slug, stable: the last segment of the problem's `type`. */
  abstract readonly code: string;
  /** What the access log says of the refusal; never sent. */
  readonly logged: string | undefined = undefined;
  /** Failures by place; become `errors` of the problem. */
  readonly details: readonly ErrorDetail[];

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly details?: readonly ErrorDetail[] } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.details = options.details ?? [];
  }
}
