import type { ApiProcess } from './api-process.ts';
import type { DevOutput } from './output.ts';

/** What is restarted. */
export type Restartable = Pick<ApiProcess, 'start' | 'stop' | 'ended'>;

const CHANGED = 'A source changed';

/** Restarts one after the other; tells an end that was not asked for from one that belongs to a restart. */
export class Restarts {
  readonly #api: Restartable;
  readonly #output: DevOutput;
  readonly #onEnd: () => void;
  #isRestarting = false;
  #isWanted = false;
  #isStopped = false;

  constructor(api: Restartable, output: DevOutput, onEnd: () => void) {
    this.#api = api;
    this.#output = output;
    this.#onEnd = onEnd;
  }

  watchForEnd(): void {
    void this.#waitForEnd();
  }

  /** Restarts the API, again when it is asked for meanwhile. A start that fails waits for the next change. */
  request(reason = CHANGED): void {
    this.#isWanted = true;
    if (!this.#isRestarting) void this.#run(reason);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #waitForEnd(): Promise<void> {
    await this.#api.ended();
    if (!this.#isRestarting && !this.#isStopped) this.#onEnd();
  }

  async #run(reason: string): Promise<void> {
    this.#isRestarting = true;
    let isServing = false;
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      this.#output.out(`${reason}: restarting the API.`);
      await this.#api.stop();
      if (this.#isStopped) break;
      isServing = await this.#api.start();
      if (!isServing && !this.#isStopped) {
        if (reason === CHANGED) {
          this.#output.err('The API did not start; it is tried again after the next change.');
        } else {
          this.#onEnd();
        }
      }
    }
    this.#isRestarting = false;
    // Only now: an end during the restart would not count.
    if (isServing) this.watchForEnd();
  }
}
