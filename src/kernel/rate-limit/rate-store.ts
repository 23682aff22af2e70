/** What is left of a caller's budget after a request was taken from it. */
export interface Budget {
  /** Requests of the window so far, this one included; above the quota when it is used up. */
  readonly used: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Counts requests by caller in windows of fixed length. */
export interface RateStore {
  /** Takes one request from the budget of `key`. */
  take(key: string, windowMs: number, nowMs: number): Budget | Promise<Budget>;
}
