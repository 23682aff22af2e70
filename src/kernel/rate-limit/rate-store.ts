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

interface Window {
  endsAtMs: number;
  used: number;
}

/** Counts in this process: free of cost, and each of several replicas has budgets of its own. */
export class MemoryRateStore implements RateStore {
  readonly #windows = new Map<string, Window>();
  readonly #capacity: number;

  /** @param capacity callers remembered; beyond it the ones whose windows began first are forgotten. */
  constructor(capacity = 100_000) {
    this.#capacity = capacity;
  }

  /** Callers remembered now. */
  get size(): number {
    return this.#windows.size;
  }

  take(key: string, windowMs: number, nowMs: number): Budget {
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAtMs <= nowMs) {
      // Deleted and put in again, so that the map stays in the order in which windows began.
      this.#windows.delete(key);
      window = { endsAtMs: nowMs + windowMs, used: 0 };
      this.#windows.set(key, window);
      this.#forgetOldest();
    }
    window.used += 1;
    return { used: window.used, resetMs: window.endsAtMs - nowMs };
  }

  #forgetOldest(): void {
    if (this.#windows.size <= this.#capacity) return;
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}
