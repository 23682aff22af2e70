/** A worker that served for so long had no trouble with its start. */
const STEADY_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** So many starts in a row that fail mean that the next one would, too. */
const FAILED_STARTS = 5;

/** When a worker that ended is replaced: at once when it had served for a while, and later each time that one ends soon. */
export class RestartPolicy {
  #endedSoon = 0;
  #failedStarts = 0;

  /**
   * Milliseconds to wait before the next start.
   *
   * @param servedMs how long the worker had served; undefined when it ended before it did.
   * @returns undefined when there is no use in another start.
   */
  delayMs(servedMs: number | undefined): number | undefined {
    this.#failedStarts = servedMs === undefined ? this.#failedStarts + 1 : 0;
    if (this.#failedStarts >= FAILED_STARTS) return undefined;
    if (servedMs !== undefined && servedMs >= STEADY_MS) {
      this.#endedSoon = 0;
      return 0;
    }
    this.#endedSoon += 1;
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#endedSoon - 1));
  }
}
