import cluster from 'node:cluster';
import type { WorkerMetrics } from '#kernel/operational/worker-metrics.ts';
import type { StopSignals } from '../stop-signals.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** This process as a worker: it does what the primary process tells it, until it leaves. */
export class WorkerSide {
  /** The worker's number. */
  readonly id = cluster.worker?.id;
  /** What it answers when it is asked for its metrics. */
  readMetrics: () => Promise<WorkerMetrics> = () => Promise.resolve([]);

  constructor(signals: StopSignals) {
    process.on('message', (message: ToWorker) => {
      switch (message.kind) {
        case 'end':
          signals.ask(message.signal);
          break;
        case 'insist':
          signals.insist();
          break;
        case 'metrics':
          void this.#sendMetrics(message.number);
          break;
      }
    });
  }

  /** Lets go of the primary process, which would otherwise keep this one from ending. */
  leave(): void {
    cluster.worker?.disconnect();
  }

  async #sendMetrics(number: number): Promise<void> {
    const answer: FromWorker = { kind: 'metrics', number, metrics: await this.readMetrics() };
    // The primary process may be gone by now; this one is then about to be, too.
    process.send?.(answer, undefined, undefined, () => {});
  }
}
