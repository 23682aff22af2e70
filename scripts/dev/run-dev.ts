import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runWrite } from '../generate/run.ts';
import { watchSources } from '../generate/watch.ts';
import { formatMigrationError, MigrationError } from '../migrations/migration-error.ts';
import { takeFileLock } from '../process/file-lock.ts';
import { ApiProcess } from './api-process.ts';
import { prepareDataFolder } from './data-folder.ts';
import { removeDevState, writeDevState } from './dev-state.ts';
import type { RunningIdentity, StartIdentityOptions } from './identity/start-identity.ts';
import { whyNotListen } from './listen-near.ts';
import { formatLogLine } from './log-line.ts';
import type { DevOptions } from './options.ts';
import type { DevOutput } from './output.ts';
import { Restarts } from './restarts.ts';
import { startDevDatabase, type DevDatabase } from './start-database.ts';
import { watchFolders } from './watch-folders.ts';
import { startWebApp, type RunningWebApp } from './web-app.ts';
import { findReadablePath, welcome } from './welcome.ts';

export interface RunDevOptions extends DevOptions {
  /** Given on to the API. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly output: DevOutput;
  /** Aborted by the first Ctrl-C. */
  readonly stopped: AbortSignal;
}

const DATABASE_CHECK_MS = 1000;
/** An API that ends that soon after a restart waits for a change. */
const CRASHED_AGAIN_MS = 10_000;

/**
 * Starts everything, says what, and waits until it is stopped or a part of it ends.
 * @returns the exit code: 0 stopped as asked, 1 a part ended or the sources are wrong, 2 it could not be started.
 */
export async function runDev(options: RunDevOptions): Promise<0 | 1 | 2> {
  const startedAtMs = performance.now();
  const { output, stopped, dataDir, host, port } = options;
  const unusable = prepareDataFolder(dataDir);
  if (unusable !== undefined) {
    output.err(unusable);
    return 2;
  }
  await using open = new AsyncDisposableStack();
  const lock = takeFileLock(join(dataDir, 'dev.lock'));
  if (lock === undefined) {
    output.err(
      `npm run dev already runs on ${dataDir}: stop it first, or give this one another folder with --data.`,
    );
    return 2;
  }
  open.use(lock);
  const unlistenable = await whyNotListen(port, host);
  if (unlistenable !== undefined) {
    output.err(describePort(unlistenable, port, host));
    return 2;
  }
  if (stopped.aborted) return 0;
  // Said at once: what is starting then is stopped as soon as it can be.
  stopped.addEventListener('abort', () => output.out('Stopping; Ctrl-C again does not wait.'), {
    once: true,
  });
  const apiUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const parts = await startParts(options, apiUrl, open);
  if (typeof parts === 'number') return parts;
  if (stopped.aborted) return 0;

  const { database, identity } = parts;
  const api = new ApiProcess({
    root: options.root,
    url: apiUrl,
    variables: apiVariables(options, database.url, identity, apiUrl),
    onLine: (line) => {
      const shown = formatLogLine(line);
      if (shown !== undefined) output.out(shown);
    },
  });
  open.defer(() => api.stop());
  const webStart = startWeb(options, apiUrl, identity.url, open);
  const isServing = await Promise.race([api.start(), whenAborted(stopped)]);
  const web = await webStart;
  if (isServing === undefined) return 0;
  if (!isServing) {
    output.err('The API did not start; the reason is above.');
    return 1;
  }
  open.defer(() => removeDevState(dataDir));
  await writeDevState(dataDir, { apiUrl, identityUrl: identity.url });
  output.out(
    welcome({
      readablePath: findReadablePath(await readFile(join(options.root, 'generated', 'openapi.json'), 'utf8')),
      webUrl: web?.url,
      apiUrl,
      identityUrl: identity.url,
      database,
      tokenCommand: tokenCommand(options),
      startedInMs: performance.now() - startedAtMs,
    }),
  );
  // Awaited here: without it everything would be stopped as soon as the promise is returned.
  return await waitForTheEnd(options, api, database);
}

function describePort(code: string, port: number, host: string): string {
  const other = `npm run dev -- --port ${port < 65_000 ? Math.max(port, 4000) + 10 : 4010}`;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken: stop the other process, or choose another port: ${other}.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user: choose another one: ${other}.`;
    default:
      return `HOST is ${host}, where nothing can listen on this machine (${code}): unset it, or set it to 127.0.0.1 or 0.0.0.0.`;
  }
}

/** What prints a token, in a shell at the root of the project. */
function tokenCommand({ root, dataDir }: RunDevOptions): string {
  const plain = 'npm run -s token';
  if (dataDir === join(root, '.data')) return plain;
  return `${plain} -- --data '${dataDir.replaceAll("'", String.raw`'\''`)}'`;
}

/** The web app, while the API starts. Without it the rest is as good: a failure is said, and that is all. */
async function startWeb(
  options: RunDevOptions,
  apiUrl: string,
  identityUrl: string,
  open: AsyncDisposableStack,
): Promise<RunningWebApp | undefined> {
  const { webPort, output } = options;
  if (webPort === undefined) return undefined;
  try {
    const web = await startWebApp({ ...options, port: webPort, apiUrl, identityUrl });
    if (web === undefined) return undefined;
    open.use(web);
    if (web.port !== webPort) output.out(`Port ${webPort} is taken: the web app is served on ${web.port}.`);
    return web;
  } catch (error) {
    output.err(`The web app is not served: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

interface Parts {
  readonly database: DevDatabase;
  readonly identity: RunningIdentity;
}

/** Types, database and Identity service at once; each of them that starts is stopped with the rest. */
async function startParts(
  options: RunDevOptions,
  apiUrl: string,
  open: AsyncDisposableStack,
): Promise<Parts | 1 | 2> {
  const { output, root, dataDir, identityPort } = options;
  const [databaseStart, generated, identityStart] = await Promise.allSettled([
    startDevDatabase(options, options.stopped),
    // The API does not wait for the bindings of frameworks: the watcher prints them afterwards.
    runWrite({
      root,
      useCache: true,
      isVerbose: false,
      output: { out: () => {}, err: output.err },
      isPrinting: false,
    }),
    loadAndStartIdentity({ dataDir: join(dataDir, 'identity'), port: identityPort, audience: apiUrl }),
  ]);
  if (databaseStart.status === 'fulfilled') open.use(databaseStart.value);
  if (identityStart.status === 'fulfilled') open.defer(() => identityStart.value.stop());
  if (generated.status === 'fulfilled' && generated.value !== 0) {
    output.err('Nothing was started: correct the sources and run npm run dev again.');
    return 1;
  }
  for (const [what, start] of [
    ['The sources could not be generated from', generated],
    ['The database is not ready', databaseStart],
    ['The Identity service did not start', identityStart],
  ] as const) {
    if (start.status === 'rejected') {
      output.err(`${what}: ${describe(start.reason, dataDir)}`);
    }
  }
  if (databaseStart.status === 'rejected' && databaseStart.reason instanceof MigrationError) return 1;
  if (databaseStart.status === 'rejected' || identityStart.status === 'rejected') return 2;
  if (generated.status === 'rejected') return 2;
  const { value: identity } = identityStart;
  for (const note of databaseStart.value.notes) output.out(note);
  if (identity.port !== identityPort) {
    output.out(`Port ${identityPort} is taken: the Identity service listens on ${identity.port}.`);
  }
  return { database: databaseStart.value, identity };
}

function describe(reason: unknown, dataDir: string): string {
  if (!(reason instanceof MigrationError)) return reason instanceof Error ? reason.message : String(reason);
  return `${formatMigrationError(reason)} (Or begin with an empty database: npm run dev -- --reset removes ${join(dataDir, 'postgres')}; --data with a folder for each branch keeps their databases apart.)`;
}

/** better-auth is large: it is read while PostgreSQL starts. */
async function loadAndStartIdentity(options: StartIdentityOptions): Promise<RunningIdentity> {
  const { startIdentity } = await import('./identity/start-identity.ts');
  return startIdentity(options);
}

function apiVariables(
  { variables, host, port }: RunDevOptions,
  databaseUrl: string,
  identity: RunningIdentity,
  apiUrl: string,
): RunDevOptions['variables'] {
  return {
    NODE_ENV: 'development',
    // Where web apps under development are served from.
    CORS_ALLOWED_ORIGINS:
      'http://localhost:3000,http://localhost:5173,http://127.0.0.1:3000,http://127.0.0.1:5173',
    ...variables,
    HOST: host,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATABASE_URL_FILE: undefined,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.url,
    AUTH_AUDIENCE: apiUrl,
  };
}

/** Restarts the API after changes, until Ctrl-C or until a part ends by itself. */
async function waitForTheEnd(options: RunDevOptions, api: ApiProcess, database: DevDatabase): Promise<0 | 1> {
  const { output, stopped, root, isWatching } = options;
  using tasks = new DisposableStack();
  const over = new AbortController();
  let watching = Promise.resolve();
  const end = Promise.withResolvers<string | undefined>();
  stopped.addEventListener('abort', () => end.resolve(undefined), { once: true });
  if (stopped.aborted) end.resolve(undefined);

  const checks = setInterval(() => {
    void checkDatabase(database, () => {
      end.resolve(
        `PostgreSQL ended by itself; its log is ${join(options.dataDir, 'postgres', 'server.log')}.`,
      );
    });
  }, DATABASE_CHECK_MS);
  tasks.defer(() => clearInterval(checks));

  let endedAtMs = -Infinity;
  const restarts = new Restarts(api, output, () => {
    const isAgain = performance.now() - endedAtMs < CRASHED_AGAIN_MS;
    endedAtMs = performance.now();
    if (!isAgain) restarts.request('The API ended by itself');
    else if (isWatching) {
      output.err('The API ended by itself again; it is tried again after the next change.');
    } else end.resolve('The API ended by itself twice.');
  });
  restarts.watchForEnd();
  if (isWatching) {
    const folders = ['src', 'generated'].map((folder) => join(root, folder));
    tasks.use(watchFolders(folders, () => restarts.request()));
    // Applied by hand: what is applied can no longer be edited, and a migration is rarely right at its first save.
    const migrate = `DATABASE_URL=${database.url} npm run migrate -- up`;
    const migrations = join(root, 'migrations');
    tasks.use(
      watchFolders([migrations], () => output.out(`migrations/ changed. When it is done: ${migrate}`)),
    );
    const quiet = { out: () => {}, err: output.err };
    const signal = AbortSignal.any([stopped, over.signal]);
    watching = watchSources({ root, useCache: true, isVerbose: false, output: quiet }, signal).catch(
      (error: unknown) => {
        output.err(`specs/, sql/ and migrations/ are no longer watched: ${String(error)}`);
      },
    );
  }
  const reason = await end.promise;
  restarts.stop();
  if (reason !== undefined) output.err(`${reason} Stopping the rest.`);
  // A run that is under way has files in a temporary folder, and removes them.
  over.abort();
  await watching;
  return reason === undefined ? 0 : 1;
}

async function checkDatabase(database: DevDatabase, onGone: () => void): Promise<void> {
  if (!(await database.isRunning())) onGone();
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
