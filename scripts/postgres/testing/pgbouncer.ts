import { constants } from 'node:fs';
import { access, chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../free-port.ts';
import { chooseServerAccount } from '../server-account.ts';
import { spawnSupervised } from '../supervised-process.ts';
import type { SupervisedProcess } from '../supervised-process.ts';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 20_000;

/** A real PgBouncer in front of a PostgreSQL; it ends with its scope, or with this process. */
export interface Pgbouncer extends AsyncDisposable {
  /** The same role and database as a connection string has, through the pooler. */
  through(url: string): string;
}

export interface PgbouncerOptions {
  /** The program, as `findPgbouncer` gives it. */
  readonly program: string;
  /** Connection string of a PostgreSQL; every role of `passwords` may come in, to every database. */
  readonly serverUrl: string;
  /** Passwords of the roles that come in, by role. */
  readonly passwords: Readonly<Record<string, string>>;
  readonly poolMode: 'session' | 'transaction' | 'statement';
  /** Connections to PostgreSQL, of each role and database. */
  readonly poolSize: number;
  /** Start-up parameters that it takes and forgets; it refuses all that it cannot pass on. */
  readonly ignoredParameters?: readonly string[];
}

/** Where PgBouncer is on this machine; undefined when it is not installed. */
export async function findPgbouncer(): Promise<string | undefined> {
  const folders = [...(env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders.filter((part) => part.startsWith('/'))) {
    const program = join(folder, 'pgbouncer');
    if (await isExecutable(program)) {
      return program;
    }
  }
  return undefined;
}

/** What a test says that is skipped because there is no PgBouncer. */
export const NO_PGBOUNCER = 'PgBouncer is not installed (apt-get install pgbouncer)';

/** Starts PgBouncer on a free port. @throws with what it said, when it does not come up. */
export async function startPgbouncer(options: PgbouncerOptions): Promise<Pgbouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'pgbouncer-'));
  // It refuses to be root, and reads its files as the account that it runs as.
  await chmod(folder, 0o755);
  const account = await chooseServerAccount({ home: options.program, dataDir: join(folder, 'data') });
  const log = await open(join(folder, 'log'), 'w');
  try {
    const port = await findFreePort(HOST);
    await writeFile(join(folder, 'users'), usersFile(options.passwords), { mode: 0o644 });
    await writeFile(join(folder, 'settings.ini'), settingsFile(options, folder, port), { mode: 0o644 });
    const pooler = await spawnSupervised({
      account,
      logFd: log.fd,
      command: [options.program, join(folder, 'settings.ini')],
      removeWhenOrphaned: folder,
    });
    const stop = async (): Promise<void> => {
      pooler.signal('SIGTERM');
      await pooler.exited;
      await rm(folder, { recursive: true, force: true });
    };
    if (!(await becomesReady(pooler, port))) {
      const said = await readFile(join(folder, 'log'), 'utf8');
      await stop();
      throw new Error(`PgBouncer did not start: ${said.trim().split('\n').at(-1) ?? ''}`);
    }
    return {
      through(url) {
        const pooled = new URL(url);
        pooled.host = `${HOST}:${port}`;
        return pooled.href;
      },
      [Symbol.asyncDispose]: stop,
    };
  } finally {
    await log.close();
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function usersFile(passwords: Readonly<Record<string, string>>): string {
  return Object.entries(passwords)
    .map(([role, password]) => `${quote(role)} ${quote(password)}\n`)
    .join('');
}

function settingsFile(options: PgbouncerOptions, folder: string, port: number): string {
  const server = new URL(options.serverUrl);
  return `[databases]
* = host=${server.hostname} port=${server.port}

[pgbouncer]
listen_addr = ${HOST}
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users')}
pool_mode = ${options.poolMode}
default_pool_size = ${options.poolSize}
max_client_conn = 200
ignore_startup_parameters = ${(options.ignoredParameters ?? []).join(',')}
`;
}

async function becomesReady(pooler: SupervisedProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!pooler.hasExited() && Date.now() < deadline) {
    const socket = connect(port, HOST);
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
  return false;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
