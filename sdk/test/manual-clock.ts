import type { Clock } from '../src/runtime/client.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Durations of the timers that ran out by themselves: the delays between attempts, in milliseconds. */
  readonly delays: readonly number[];
  /** Timers that are running. */
  readonly running: number;
  /** Lets the time of all running timers pass, the shortest first. */
  expire(): void;
}

/**
 * Timers shorter than `patienceMs` (delays between attempts) run out at once, and move the clock by their time; longer
 * ones (timeouts) wait for `expire`. `random` is fixed: a delay is half of its bound.
 */
export function createManualClock(patienceMs = 20_000): ManualClock {
  let now = Date.UTC(2026, 0, 1);
  const delays: number[] = [];
  const running = new Map<() => void, number>();
  const fire = (callback: () => void, ms: number): void => {
    if (!running.delete(callback)) return;
    now += ms;
    callback();
  };
  return {
    delays,
    get running() {
      return running.size;
    },
    now: () => now,
    random: () => 0.5,
    setTimer: (callback, ms) => {
      running.set(callback, ms);
      if (ms < patienceMs) {
        delays.push(ms);
        setImmediate(fire, callback, ms);
      }
      return () => running.delete(callback);
    },
    expire: () => {
      for (const [callback, ms] of [...running].toSorted((a, b) => a[1] - b[1])) fire(callback, ms);
    },
  };
}
