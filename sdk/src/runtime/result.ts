/** What the contract says one status carries: the type of its body and of its declared headers. */
export interface Reply<Data = undefined, Headers extends object = NoHeaders> {
  readonly data: Data;
  readonly headers: Headers;
}

/** The headers of a reply that declares none. */
export type NoHeaders = object;

/** Any result, its operation's types erased. */
export interface AnyResult {
  readonly status: number;
  /** True for 2xx. */
  readonly ok: boolean;
  readonly data: unknown;
  /** The headers that the contract declares for this status, names in lower case; the rest is in `response`. */
  readonly headers: object;
  /** The response as `fetch` gave it; its body is consumed. */
  readonly response: Response;
  /** Requests that were sent: 1 when nothing was retried. */
  readonly attempts: number;
  readonly operationId: string;
}

/** The result of one status. */
export interface Result<Status extends number, Data, Headers extends object> extends AnyResult {
  readonly status: Status;
  readonly ok: Status extends SuccessStatus ? true : false;
  readonly data: Data;
  readonly headers: Headers;
}

/** Turns a map of status to `Reply` into the union of results that `switch (result.status)` narrows. */
export type Results<Replies> = {
  [Status in keyof Replies & number]: Replies[Status] extends Reply<infer Data, infer Headers>
    ? Result<Status, Data, Headers>
    : never;
}[keyof Replies & number];

/** Statuses of success (RFC 9110 section 15.3 and the registry). */
export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
/** Statuses of redirection in the registry. */
export type RedirectionStatus = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;
/** Statuses of client errors in the registry; what a `4XX` response of a contract is expanded to. */
export type ClientErrorStatus =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416)
  | (417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451);
/** Statuses of server errors in the registry; what a `5XX` response of a contract is expanded to. */
export type ServerErrorStatus = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;
/** Every final status of the registry; what a `default` response of a contract is expanded to. */
export type AnyStatus = SuccessStatus | RedirectionStatus | ClientErrorStatus | ServerErrorStatus;

/** The body of a success of a result. */
export type DataOf<R extends AnyResult> = Extract<R, { readonly ok: true }>['data'];
