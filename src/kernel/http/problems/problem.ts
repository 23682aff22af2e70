import type { Reason } from '#kernel/domain/error-code.ts';

/** A problem as it goes over the wire. Source: RFC 9457 section 3. */
export interface Problem {
  /** Stable per cause: `/problems/ticket-not-found`, relative to the API. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** The target of the request that failed, without its query. */
  readonly instance?: string;
  readonly requestId: string;
  /** The trace that the request belongs to, as in the logs. */
  readonly traceId?: string;
  /** What is wrong, place by place; at most `MAX_PROBLEM_ERRORS`. */
  readonly errors?: readonly ProblemItem[];
}

/** One thing wrong with a request: either a place in its body or a parameter, and why. Values are never echoed. */
export type ProblemItem = Reason & {
  /** For people; programs read `code` and `limit`. */
  readonly detail: string;
  /** JSON pointer (RFC 6901) into the body; empty for the whole body. */
  readonly pointer?: string;
  /** The parameter's name on the wire. */
  readonly parameter?: string;
};

/** The occurrence that a problem is about. */
export interface Occurrence {
  readonly requestId: string;
  /** Undefined when the failure belongs to no trace. */
  readonly traceId?: string;
  /** Empty when the target is not known or not fit to be repeated. */
  readonly instance: string;
}

/**
 * What an error adds to the headers of its problem response: `WWW-Authenticate`, `Retry-After`, `Allow`. Names in lower
 * case. Any thrown error may implement it.
 */
export interface WithResponseHeaders {
  readonly responseHeaders: Readonly<Record<string, string>>;
}

/** Keeps the answer to a large invalid request small. */
export const MAX_PROBLEM_ERRORS = 20;
