import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WorkerMetrics } from '#kernel/operational/worker-metrics.ts';
import type { StopSignal } from '../stop-signals.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { RestartPolicy } from './restart-policy.ts';

/** A worker that is this late with its metrics is left out of them: a scrape must not wait for one that hangs. */
const METRICS_TIMEOUT_MS = 1000;

/** The workers of this process. One that ends is replaced, until all are told to. */
export class Crew {
  readonly #logger: Logger;
  readonly #workers = new Set<Worker>();
  readonly #policy = new RestartPolicy();
  readonly #ending = new AbortController();
  readonly #gaveUp = Promise.withResolvers<void>();
  #hasFailed = false;
  #questions = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Settles when workers cannot be replaced any more. */
  get gaveUp(): Promise<void> {
    return this.#gaveUp.promise;
  }

  /**
   * Starts a worker.
   *
   * @param isReplaced whether another is started when it ends.
   * @returns whether it came to serve.
   */
  async start({ isReplaced }: { readonly isReplaced: boolean }): Promise<boolean> {
    const worker = cluster.fork();
    this.#workers.add(worker);
    // What cannot be said to a worker that is ending needs not be said.
    worker.on('error', () => undefined);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let servesSinceMs: number | undefined;
    worker.once('listening', () => {
      servesSinceMs = performance.now();
      this.#logger.info({ worker: worker.id, pid: worker.process.pid }, 'A worker serves');
      resolve(true);
    });
    worker.once('exit', (exitCode: number | null, signal: string | null) => {
      this.#workers.delete(worker);
      resolve(false);
      this.#hasFailed ||= this.#ending.signal.aborted && exitCode !== 0;
      const mayReplace = isReplaced || servesSinceMs !== undefined;
      if (!mayReplace || this.#ending.signal.aborted) return;
      const servedMs = servesSinceMs === undefined ? undefined : performance.now() - servesSinceMs;
      void this.#replace({ worker: worker.id, pid: worker.process.pid, exitCode, signal }, servedMs);
    });
    return promise;
  }

  async #replace(ended: object, servedMs: number | undefined): Promise<void> {
    const delayMs = this.#policy.delayMs(servedMs);
    if (delayMs === undefined) {
      this.#logger.fatal(ended, 'Workers end again and again before they serve: ending');
      this.#gaveUp.resolve();
      return;
    }
    this.#logger.error({ ...ended, delayMs }, 'A worker ended: another one takes its place');
    try {
      await sleep(delayMs, undefined, { signal: this.#ending.signal });
    } catch {
      return;
    }
    await this.start({ isReplaced: true });
  }

  /** Metrics of the workers that answer in time. */
  async readMetrics(): Promise<readonly WorkerMetrics[]> {
    const answers = await Promise.all([...this.#workers].map((worker) => this.#askForMetrics(worker)));
    return answers.filter((answer) => answer !== undefined);
  }

  async #askForMetrics(worker: Worker): Promise<WorkerMetrics | undefined> {
    const number = (this.#questions += 1);
    const { promise, resolve } = Promise.withResolvers<WorkerMetrics | undefined>();
    const hear = (message: FromWorker): void => {
      if (message.kind === 'metrics' && message.number === number) resolve(message.metrics);
    };
    const giveUp = (): void => resolve(undefined);
    const timer = setTimeout(giveUp, METRICS_TIMEOUT_MS);
    worker.on('message', hear);
    worker.once('exit', giveUp);
    tell(worker, { kind: 'metrics', number });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      worker.off('message', hear);
      worker.off('exit', giveUp);
    }
  }

  /**
   * Ends all workers, and waits for it.
   *
   * @param options.timeoutMs those that take longer are killed.
   * @param options.force aborted when they shall end at once.
   * @returns whether all of them ended as they were told.
   */
  async end(
    signal: StopSignal,
    { timeoutMs, force }: { readonly timeoutMs: number; readonly force: AbortSignal },
  ): Promise<boolean> {
    this.#ending.abort();
    const workers = [...this.#workers];
    const tellAll = (message: ToWorker): void => {
      for (const worker of workers) tell(worker, message);
    };
    const insist = (): void => tellAll({ kind: 'insist' });
    tellAll({ kind: 'end', signal });
    if (force.aborted) insist();
    force.addEventListener('abort', insist, { once: true });
    const timer = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL');
    }, timeoutMs);
    await Promise.all(workers.filter((worker) => !worker.isDead()).map((worker) => once(worker, 'exit')));
    clearTimeout(timer);
    force.removeEventListener('abort', insist);
    return !this.#hasFailed;
  }
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
