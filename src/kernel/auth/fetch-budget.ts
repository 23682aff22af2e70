/** Fetches that one window may hold: the second is for a key published just after the first was answered. */
const FETCHES_PER_WINDOW = 2;

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 60_000;

/**
 * How often tokens with unknown key ids may make the API ask for keys. Everybody who can reach the API can send such tokens,
 * so the bound holds whatever the number of tokens and whether the fetches succeed or fail.
 */
export class FetchBudget {
  readonly #windowMs: number;
  #spentAtMs: readonly number[] = [];
  #blockedUntilMs = -Infinity;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Time until a fetch is allowed; 0 when one is. */
  waitMs(nowMs: number): number {
    const oldest =
      this.#spentAtMs.length < FETCHES_PER_WINDOW ? -Infinity : (this.#spentAtMs[0] ?? -Infinity);
    return Math.max(0, oldest + this.#windowMs - nowMs, this.#blockedUntilMs - nowMs);
  }

  /** Notes a fetch. */
  spend(nowMs: number): void {
    this.#spentAtMs = [...this.#spentAtMs, nowMs].slice(-FETCHES_PER_WINDOW);
  }

  /** Allows none before that time: what follows a failure. */
  block(untilMs: number): void {
    this.#blockedUntilMs = untilMs;
  }
}

/** Doubles with every failure in a row, from one second to one minute; `random` from 0 to 1 takes off up to a half. */
export function backOffMs(failures: number, random: number): number {
  const fullMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.max(0, failures - 1));
  return fullMs * (1 - random / 2);
}
