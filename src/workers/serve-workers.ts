import cluster from 'node:cluster';
import type { Config } from '#kernel/config/config.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import type { MetricsServer } from '#kernel/operational/metrics-server.ts';
import type { Logger } from 'pino';
import { dieLoudly } from '../die-loudly.ts';
import { explainFailure } from '../explain-failure.ts';
import { StopSignals } from '../stop-signals.ts';
import { Crew } from './crew.ts';

/** Beyond the time that a worker gives its requests: what it takes to close the rest. */
const CLOSING_MS = 5000;

/**
 * Serves the API in several processes that share the port. This one starts them, replaces one that ends, tells them to end when
 * it is told to, and serves their metrics.
 *
 * @param entry the program of a worker.
 * @returns the exit code: 1 when no worker could start, when they cannot be replaced any more, or when ending had to be forced.
 */
export async function serveWorkers(config: Config, entry: string): Promise<0 | 1> {
  const logger = createLogger({ level: config.log.level });
  const signals = new StopSignals();
  dieLoudly(logger);
  const asked = signals.first();
  const crew = new Crew(logger);
  let metrics: MetricsServer | undefined;
  try {
    metrics = await serveMetrics(crew, config, logger);
  } catch (error) {
    process.stderr.write(`The API cannot start. ${explainFailure(error)}\n`);
    return 1;
  }
  cluster.setupPrimary({ exec: entry, args: [] });
  const timeoutMs = config.server.drainDelayMs + config.server.drainTimeoutMs + CLOSING_MS;
  const end = (signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): Promise<boolean> =>
    crew.end(signal, { timeoutMs, force: signals.second });
  try {
    // One alone, so that what is wrong with the environment is said once.
    const isServing = await Promise.race([crew.start({ isReplaced: false }), asked]);
    if (isServing === false) {
      logger.fatal('No worker could start: ending');
      return 1;
    }
    if (isServing === true) {
      for (let count = 1; count < config.workers; count += 1) void crew.start({ isReplaced: true });
    }
    const signal = await Promise.race([asked, crew.gaveUp]);
    if (signal !== undefined) logger.info({ signal }, 'Ending: the workers finish their requests under way');
    const isClean = await end(signal ?? 'SIGTERM');
    logger.info({ how: isClean ? 'clean' : 'forced' }, 'All workers ended');
    return isClean && signal !== undefined ? 0 : 1;
  } finally {
    await metrics?.close();
  }
}

async function serveMetrics(crew: Crew, config: Config, logger: Logger): Promise<MetricsServer | undefined> {
  const { port } = config.metrics;
  if (port === undefined) return undefined;
  const [{ startMetricsServer }, { createWorkersMetrics }] = await Promise.all([
    import('#kernel/operational/metrics-server.ts'),
    import('#kernel/operational/worker-metrics.ts'),
  ]);
  return startMetricsServer({
    metrics: createWorkersMetrics(() => crew.readMetrics()),
    server: { ...config.server, port },
    log: logger,
  });
}
