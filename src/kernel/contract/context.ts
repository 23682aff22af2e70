import type { User } from './ports.ts';

/** What every handler is given beside its request; which of the three an operation gets follows from its `security`. */
export interface RequestContext {
  /** Unique per request; in the access log, in problem bodies and in the `x-request-id` response header. */
  readonly requestId: string;
  readonly operationId: string;
  /** Aborted when the client goes away before the response is complete. */
  readonly signal: AbortSignal;
}

/** Context of an operation whose `security` requires a token. */
export interface AuthenticatedContext extends RequestContext {
  readonly user: User;
}

/** Context of an operation whose `security` holds an empty alternative: `user` is there when a valid token was. */
export interface OptionalAuthContext extends RequestContext {
  readonly user: User | undefined;
}
