import type { WorkerMetrics } from '#kernel/operational/worker-metrics.ts';
import type { StopSignal } from '../stop-signals.ts';

/** What the primary process tells a worker. */
export type ToWorker =
  /** End: finish the requests under way. */
  | { readonly kind: 'end'; readonly signal: StopSignal }
  /** End at once. */
  | { readonly kind: 'insist' }
  /** Send metrics, under this number. */
  | { readonly kind: 'metrics'; readonly number: number };

/** What a worker answers. */
export interface FromWorker {
  readonly kind: 'metrics';
  readonly number: number;
  readonly metrics: WorkerMetrics;
}
