import cluster from 'node:cluster';
import type { Server } from 'node:http';
import type { Logger } from 'pino';

import { startAuth, type Auth } from '#kernel/auth/start-auth.ts';
import type { Config } from '#kernel/config/config.ts';
import { ConfigError } from '#kernel/config/config-error.ts';
import { loadConfig } from '#kernel/config/load-config.ts';
import type { Variables } from '#kernel/config/process-variables.ts';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import type { Referee } from '#kernel/contract/ports.ts';
import type { MetricsServer } from '#kernel/operational/metrics-server.ts';
import { drain } from '#kernel/http/server/drain.ts';
import type { App } from '#kernel/app/contract-app.ts';
import { createHttpServer } from '#kernel/http/server/http-server.ts';
import { listen } from '#kernel/http/server/listen.ts';

import { findDatabaseProblem } from './database-problem.ts';
import { dieLoudly } from './die-loudly.ts';
import { findPendingMigrations, readNewestMigrations } from './pending-migrations.ts';
import type { NewestMigrations } from './pending-migrations.ts';
import { explainFailure } from './explain-failure.ts';
import { StopSignals } from './stop-signals.ts';
import { WorkerSide } from './workers/worker.ts';

/**
 * Serves the API until a signal ends it, in this process or, with `WORKERS`, in several that this one starts.
 *
 * @param program the file that started this process, for workers to be started with.
 * @returns the exit code.
 */
export async function main(
  flags: readonly string[],
  variables: Variables,
  program: string,
): Promise<0 | 1 | 2> {
  const [flag, ...rest] = flags;
  if (rest.length > 0 || (flag !== undefined && flag !== '--check-config')) {
    tell('The API takes one argument, --check-config; everything else comes from the environment.');
    return 2;
  }
  let config: Config;
  try {
    config = loadConfig(variables);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    tell(error.message);
    return 1;
  }
  if (flag === '--check-config') {
    tell('The environment is usable.');
    return 0;
  }
  if (config.workers === 1) return serve(config, new StopSignals());
  if (cluster.isPrimary) {
    const { serveWorkers } = await import('./workers/serve-workers.ts');
    return serveWorkers(config, program);
  }
  const signals = new StopSignals({ isWorker: true });
  const worker = new WorkerSide(signals);
  try {
    return await serve(config, signals, worker);
  } finally {
    worker.leave();
  }
}

/** What a running API holds open. */
interface Running {
  readonly auth: Auth;
  readonly database: Database;
  readonly app: App;
  readonly server: Server;
  readonly metrics: MetricsServer | undefined;
}

/** @param worker given when this process is one of several. */
async function serve(config: Config, signals: StopSignals, worker?: WorkerSide): Promise<0 | 1> {
  const logger = createLogger({
    level: config.log.level,
    ...(worker === undefined ? {} : { fields: { worker: worker.id } }),
  });
  dieLoudly(logger);
  let running: Running;
  try {
    running = await start(config, logger, worker);
  } catch (error) {
    tell(`The API cannot start. ${explainFailure(error)}`);
    logger.debug({ err: error }, 'The API cannot start');
    return 1;
  }
  const signal = await signals.first();
  logger.info({ signal }, 'Ending: finishing the requests under way');
  const how = await stop(running, config, signals);
  logger.info({ how }, 'Ended');
  return signals.isForced ? 1 : 0;
}

/** Keys first, without which nothing could be served; the port last, so that every connection is served. */
async function start(config: Config, logger: Logger, worker: WorkerSide | undefined): Promise<Running> {
  // Loaded while the keys are on their way; what is wrong with the environment is said without it.
  const [auth, { createApp }] = await Promise.all([
    startAuth({ config: config.auth, clock: systemClock, log: logger }),
    import('./app.ts'),
  ]);
  const database = createDatabase({
    ...config.database,
    onConnectionError: (error) => logger.warn({ err: error }, 'A database connection broke'),
  });
  let metrics: MetricsServer | undefined;
  try {
    metrics = await serveMetrics(auth, config, logger, worker);
    const referee = await loadReferee(config, logger);
    const app = await createApp({
      database,
      referee,
      authenticators: auth.authenticators,
      logger,
      clock: systemClock,
      bodyLimitBytes: config.server.bodyLimitBytes,
      allowedOrigins: config.cors.allowedOrigins,
      responseChecks: config.responseValidation,
      rateLimit: config.rateLimit,
      trustedProxies: config.server.trustedProxies,
      idempotencyTtlSeconds: config.idempotencyTtlSeconds,
    });
    const schemas = ['platform', ...app.modules.flatMap(({ schema = [] }) => schema)];
    const newest = await readNewestMigrations();
    const problem = await findDatabaseProblem(database, schemas, newest);
    if (problem !== undefined) {
      logger.warn(problem);
      await watchMigrations(app, database, newest);
    }
    const server = createHttpServer(app.handler, config.server, (refused) =>
      logger.info(refused, 'A request was refused before it reached the app'),
    );
    const port = await listen(server, config.server);
    logger.info({ host: config.server.host, port, environment: config.environment }, 'Serving');
    return { auth, database, app, server, metrics };
  } catch (error) {
    auth.stop();
    await metrics?.close();
    await database.close();
    throw error;
  }
}

const MIGRATIONS_CHECKED_MS = 5000;

/** Keeps `/healthz` saying that migrations are pending for as long as they are. */
async function watchMigrations(app: App, database: Database, newest: NewestMigrations): Promise<void> {
  try {
    app.readiness.hasPendingMigrations = (await findPendingMigrations(database, newest)).length > 0;
  } catch {
    // The database cannot be used, which readiness says. Nothing is known of its migrations: they are looked for again.
    app.readiness.hasPendingMigrations = true;
  }
  if (app.readiness.hasPendingMigrations && !app.readiness.isDraining) {
    setTimeout(() => void watchMigrations(app, database, newest), MIGRATIONS_CHECKED_MS).unref();
  }
}

/** What it takes is loaded only where metrics are asked for. A worker gives its own to the primary process, which serves them. */
async function serveMetrics(
  auth: Auth,
  config: Config,
  logger: Logger,
  worker: WorkerSide | undefined,
): Promise<MetricsServer | undefined> {
  const { port } = config.metrics;
  if (port === undefined) return undefined;
  const { createKeyMetrics } = await import('#kernel/operational/key-metrics.ts');
  const registry = createKeyMetrics(() => auth.keysStatus());
  if (worker !== undefined) {
    worker.readMetrics = () => registry.getMetricsAsJSON();
    return undefined;
  }
  const { startMetricsServer } = await import('#kernel/operational/metrics-server.ts');
  return startMetricsServer({ metrics: registry, server: { ...config.server, port }, log: logger });
}

/** What it takes is loaded only where requests are read twice. */
async function loadReferee(config: Config, logger: Logger): Promise<Referee | undefined> {
  const mode = config.requestReferee;
  if (mode === 'off') return undefined;
  const { createReferee } = await import('#kernel/referee/referee.ts');
  return createReferee({ mode, logger, limitBytes: config.server.bodyLimitBytes });
}

async function stop(running: Running, config: Config, signals: StopSignals): Promise<'clean' | 'forced'> {
  const how = await drain(running.server, running.app.readiness, {
    // Ctrl-C comes from a person, not from a load balancer.
    drainDelayMs: signals.received === 'SIGINT' ? 0 : config.server.drainDelayMs,
    drainTimeoutMs: config.server.drainTimeoutMs,
    force: signals.second,
  });
  // Last, so that the end can be watched.
  await running.metrics?.close();
  running.auth.stop();
  await running.database.close();
  return how;
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
