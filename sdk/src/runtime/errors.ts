/** RFC 9457 section 3.1: what an API says about a failure. Members that it adds are kept. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
}

/** What every error of this package knows about the call that failed. */
export interface FailedCall {
  readonly operationId: string;
  /** Requests that were sent, the failed one included. */
  readonly attempts: number;
}

/** Base of all errors that a call is rejected with; catch it to catch them all. */
export abstract class CallError extends Error implements FailedCall {
  declare readonly operationId: string;
  declare readonly attempts: number;

  constructor(message: string, call: FailedCall, cause?: unknown) {
    super(`${call.operationId}: ${message}`, cause === undefined ? cause : { cause });
    this.operationId = call.operationId;
    this.attempts = call.attempts;
  }
}

/**
 * The request could not be made: a parameter is missing, a value cannot be sent, an option is wrong. Nothing was sent;
 * `cause` is what says so.
 */
export class RequestError extends CallError {
  override readonly name = 'RequestError';
}

/** There is no token to send: `auth` threw, which is the `cause`, or it gave what no header can carry. */
export class AuthError extends CallError {
  override readonly name = 'AuthError';
}

/** A hook threw; `cause` is what. */
export class HookError extends CallError {
  override readonly name = 'HookError';
}

/** No response, or only a part of one: DNS, TLS, CORS, a cut connection. `cause` is what `fetch` said. */
export class ConnectionError extends CallError {
  override readonly name = 'ConnectionError';
}

/** The time of one attempt, or of the whole call with its retries, was up. */
export class TimeoutError extends CallError {
  override readonly name = 'TimeoutError';
}

/** The caller's `AbortSignal` was aborted; `cause` is its reason. */
export class AbortedError extends CallError {
  override readonly name = 'AbortedError';
}

/** The parts of a result that an error keeps. */
export interface ErrorResponse<Status extends number, Body> extends FailedCall {
  readonly status: Status;
  readonly data: Body;
  readonly response: Response;
}

/** A response that is not a success; `unwrap` throws it. Its `body` is what the contract says `status` carries. */
export class ApiError<Status extends number = number, Body = unknown> extends CallError {
  override readonly name: string = 'ApiError';
  declare readonly status: Status;
  declare readonly body: Body;
  /** Its headers are readable, its body is not: that is `body`. */
  declare readonly response: Response;

  constructor(result: ErrorResponse<Status, Body>, message?: string) {
    const { status, data, response } = result;
    const { detail, title } = problemOf(data, response) ?? {};
    super(message ?? `${status} ${detail ?? title ?? ''}`.trim(), result);
    this.status = status;
    this.body = data;
    this.response = response;
  }

  /** The body, when it is a problem (`application/problem+json`). */
  get problem(): (Body extends ProblemDetails ? Body : ProblemDetails) | undefined {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is the body itself
    return problemOf(this.body, this.response) as never;
  }

  /** Value of the `x-request-id` response header: finds the request in the API's logs. */
  get requestId(): string | undefined {
    return this.response.headers.get('x-request-id') ?? undefined;
  }
}

/**
 * A response that the contract does not know: another status, another media type, without a header that it must have, or too
 * large. Typically a proxy's page. `body` is what came: parsed where it is JSON, otherwise text, empty when it was not read.
 */
export class UnexpectedResponseError extends ApiError {
  override readonly name = 'UnexpectedResponseError';
}

/** Everything that a call is rejected with. */
export type CallFailure =
  | UnexpectedResponseError
  | RequestError
  | AuthError
  | HookError
  | ConnectionError
  | TimeoutError
  | AbortedError;

function problemOf(body: unknown, response: Response): ProblemDetails | undefined {
  const isProblem = typeof body === 'object' && mediaTypeOf(response) === 'application/problem+json';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the media type says so, and every member is optional
  return isProblem ? (body as ProblemDetails) : undefined;
}

/** The media type of a response, in lower case and without parameters; empty when it has none. */
export function mediaTypeOf({ headers }: Response): string {
  return (headers.get('content-type') ?? '').replace(/\s*;.*/, '').toLowerCase();
}
