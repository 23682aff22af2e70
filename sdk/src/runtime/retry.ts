/** How failures are retried. Delays follow "full jitter": a random part of a bound that doubles with each retry. */
export interface RetryPolicy {
  /** Retries after the first attempt. Default: 2. */
  readonly retries?: number | undefined;
  /** Bound of the first delay, in milliseconds. Default: 300. */
  readonly baseDelayMs?: number | undefined;
  /** Largest bound of a delay, in milliseconds. Default: 5,000. */
  readonly maxDelayMs?: number | undefined;
  /** A `Retry-After` beyond it is not waited for: the response is the result. Default: 30,000. */
  readonly maxRetryAfterMs?: number | undefined;
}

/**
 * Milliseconds to wait before the next attempt; undefined when there is to be none. `response` is absent after a
 * network failure. A 409 with `Retry-After` says of a request with a key that it is under way, sent by an attempt before: its
 * answer is waited for, which is not counted as a retry.
 */
export function retryDelay(
  policy: RetryPolicy,
  retriesDone: number,
  response: Response | undefined,
  clock: { readonly now: () => number; readonly random: () => number },
  isUnderWay = false,
): number | undefined {
  const { retries = 2, baseDelayMs = 300, maxDelayMs = 5000, maxRetryAfterMs = 30_000 } = policy;
  if (
    isUnderWay
      ? retries <= 0
      : retriesDone >= retries || (response && !/408|429|50[234]/.test(`${response.status}`))
  ) {
    return undefined;
  }
  const asked = response ? retryAfterMs(response.headers, clock.now()) : 0;
  if (asked > maxRetryAfterMs) return undefined;
  // On top of what the server asked for, not instead of it: clients told the same instant must not all come at it.
  return asked + clock.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retriesDone);
}

/**
 * `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, in milliseconds; 0 when there is none. A date is
 * counted from the response's own `Date`, where it can be read, so that a wrong local clock does no harm.
 */
export function retryAfterMs(headers: Headers, now: number): number {
  const value = headers.get('retry-after') ?? '';
  // Several lines of the header come as one: the longest is waited for.
  if (/^\d+( *, *\d+)*$/.test(value)) return Math.max(...value.split(',').map(Number)) * 1000;
  const ms = Date.parse(value) - (Date.parse(headers.get('date') ?? '') || now);
  return Math.max(0, ms || 0);
}
