import { AggregatorRegistry, Registry } from 'prom-client';
import type { Metrics } from './metrics-server.ts';

/** Metrics of one worker as it sends them to the primary process: JSON of prom-client. */
export type WorkerMetrics = readonly object[];

/** Metrics of all workers as one, each put together as its `aggregator` says. */
export function createWorkersMetrics(readWorkers: () => Promise<readonly WorkerMetrics[]>): Metrics {
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    metrics: async () => {
      const workers = await readWorkers();
      return AggregatorRegistry.aggregate([...workers]).metrics();
    },
  };
}
