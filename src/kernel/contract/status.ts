/**
 * The final status codes that a handler may answer where the contract declares a range (`4XX`) or `default`: those
 * that IANA has registered. Source: https://www.iana.org/assignments/http-status-codes.
 */
export type Status = SuccessStatus | RedirectionStatus | ClientErrorStatus | ServerErrorStatus;

/** None: 1xx responses are never final (RFC 9110 section 15.2), so never a handler's answer. */
export type InformationalStatus = never;

export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;

export type RedirectionStatus = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;

export type ClientErrorStatus =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409)
  | (410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 421 | 422)
  | (423 | 424 | 425 | 426 | 428 | 429 | 431 | 451);

export type ServerErrorStatus = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 511;
