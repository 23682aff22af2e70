const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A signal that asks the process to end. */
export type StopSignal = (typeof SIGNALS)[number];

/** How long a forced end may take before it is ended as it stands. */
const FORCED_END_MS = 1000;

/**
 * The signals that end the process, from now on: the first asks, the second insists. Handled from the beginning,
 * because a process that is a container's first has no default handlers.
 */
export class StopSignals {
  readonly #first = Promise.withResolvers<StopSignal>();
  readonly #second = new AbortController();
  #received: StopSignal | undefined;
  #isAwaited = false;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, () => this.#receive(signal));
  }

  /** The first signal; undefined before it came. */
  get received(): StopSignal | undefined {
    return this.#received;
  }

  /** Aborted by the second signal. */
  get second(): AbortSignal {
    return this.#second.signal;
  }

  get isForced(): boolean {
    return this.#second.signal.aborted;
  }

  /** Waits for the first signal. Until somebody waits, during the start, a signal ends the process at once. */
  first(): Promise<StopSignal> {
    this.#isAwaited = true;
    return this.#first.promise;
  }

  #receive(signal: StopSignal): void {
    if (!this.#isAwaited) process.exit(0);
    if (this.#received === undefined) {
      this.#received = signal;
      this.#first.resolve(signal);
      return;
    }
    this.#second.abort();
    setTimeout(() => process.exit(1), FORCED_END_MS).unref();
  }
}
