import type { ApiProcess } from './api-process.ts';
import type { DevOutput } from './output.ts';

/** Restarts one after the other; tells an end that nobody asked for from one that belongs to a restart. */
export class Restarts {
  readonly #api: ApiProcess;
  readonly #output: DevOutput;
  readonly #onEnd: () => void;
  #isRestarting = false;
  #isWanted = false;
  #isStopped = false;

  constructor(api: ApiProcess, output: DevOutput, onEnd: () => void) {
    this.#api = api;
    this.#output = output;
    this.#onEnd = onEnd;
  }

  watchForEnd(): void {
    void this.#waitForEnd();
  }

  /** Restarts the API, again when it is asked for meanwhile. A start that fails waits for the next change. */
  request(): void {
    this.#isWanted = true;
    if (!this.#isRestarting) void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #waitForEnd(): Promise<void> {
    await this.#api.ended();
    if (!this.#isRestarting && !this.#isStopped) this.#onEnd();
  }

  async #run(): Promise<void> {
    this.#isRestarting = true;
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      this.#output.out('A source changed: restarting the API.');
      await this.#api.stop();
      if (this.#isStopped) break;
      const isServing = await this.#api.start();
      if (!isServing && !this.#isStopped)
        this.#output.err('The API did not start; it is tried again after the next change.');
      if (isServing) this.watchForEnd();
    }
    this.#isRestarting = false;
  }
}
