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

  /**
   * @param isWorker signals from outside only ask, once: a terminal sends Ctrl-C to the whole group, and the primary process passes it on, so
   * that the same one may come twice. `insist` is for the primary process to call.
   */
  constructor({ isWorker = false }: { readonly isWorker?: boolean } = {}) {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isWorker || this.#received === undefined) this.ask(signal);
        else this.insist();
      });
    }
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

  /** As a first signal does; not for the second time. */
  ask(signal: StopSignal): void {
    if (!this.#isAwaited) process.exit(0);
    this.#received ??= signal;
    this.#first.resolve(signal);
  }

  /** As a second signal does. */
  insist(): void {
    this.#second.abort();
    setTimeout(() => process.exit(1), FORCED_END_MS).unref();
  }
}
