import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openClusterCache } from './cluster-cache.ts';
import { API_DATABASE_SCRIPT } from './api-database.ts';
import { errorCode } from '../diagnostics/error-code.ts';
import type { PostgresBinaries } from './platform-binaries.ts';
import { giveTo } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';
import { spawnSupervised } from './supervised-process.ts';

/** The superuser that initdb makes; only this launcher and the tests log in as it. */
export const SUPERUSER = 'postgres';

/** Stands, with the number of the process that makes it, between a cluster's name and a random part. */
const DRAFT = '.new-';
const PASSWORD_FILE = 'superuser.password';
/** What initdb prints beside the data is of use only when it fails. */
const INITDB_LOG = 'initdb.log';

/**
 * Makes a cluster in `dataDir` unless there is one. A cluster is made beside it and moved into place whole, so one
 * that a crash cut short is never taken for a good one.
 *
 * @throws with initdb's own message when it fails.
 */
export async function ensureCluster(options: {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly dataDir: string;
  /** False for clusters that need not survive a power cut. */
  readonly durable: boolean;
}): Promise<void> {
  const { dataDir, account } = options;
  if (await exists(join(dataDir, 'PG_VERSION'))) {
    await giveTo(account, dataDir);
    return;
  }
  const draft = await makeDraft(dataDir);
  try {
    await initialize(options, draft);
    await rename(draft, dataDir).catch(async (cause: unknown) => {
      // Another start made the cluster meanwhile; anything else in the folder is not ours to remove.
      if (!(await exists(join(dataDir, 'PG_VERSION')))) {
        throw new Error(`PostgreSQL cannot use ${dataDir}: the folder is in use for something else.`, {
          cause,
        });
      }
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeDraft(dataDir: string): Promise<string> {
  try {
    await mkdir(dirname(dataDir), { recursive: true });
    return await mkdtemp(`${dataDir}${DRAFT}${process.pid}-`);
  } catch (cause) {
    throw new Error(
      `PostgreSQL's data cannot be kept in ${dataDir}: ${errorCode(cause) || 'the folder cannot be made'}. ` +
        'Use a folder that you may write to.',
      { cause },
    );
  }
}

async function initialize(
  options: {
    readonly binaries: PostgresBinaries;
    readonly account: ServerAccount;
    readonly durable: boolean;
  },
  draft: string,
): Promise<void> {
  const { account, binaries, durable } = options;
  await chmod(draft, 0o700);
  const cache = durable ? undefined : await openClusterCache(binaries, account);
  if (cache !== undefined && (await cache.restore(draft))) {
    await giveTo(account, draft);
    return;
  }
  await giveTo(account, draft);
  await runInitdb(options, draft);
  await cache?.keep(draft);
}

async function runInitdb(
  options: {
    readonly binaries: PostgresBinaries;
    readonly account: ServerAccount;
    readonly durable: boolean;
  },
  draft: string,
): Promise<void> {
  const { account, binaries, durable } = options;
  const scratch = await mkdtemp(join(tmpdir(), 'initdb-'));
  try {
    const password = randomBytes(24).toString('base64url');
    const passwordFile = join(scratch, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(account, scratch);
    const script = join(scratch, 'api.sql');
    await writeFile(script, API_DATABASE_SCRIPT);
    const log = await open(join(scratch, INITDB_LOG), 'w+');
    const input = await open(script);
    try {
      const run = async (command: readonly string[]): Promise<void> => {
        const program = await spawnSupervised({
          account,
          command,
          logFd: log.fd,
          inputFd: input.fd,
          removeWhenOrphaned: draft,
        });
        if ((await program.exited) !== 0) {
          const said = await readFile(join(scratch, INITDB_LOG), 'utf8');
          throw new Error(`PostgreSQL could not make a cluster in ${dirname(draft)}: ${lastError(said)}`);
        }
      };
      await run([
        binaries.initdb,
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        // The superuser's password is long and random: stretching it buys nothing and costs each connection 5 ms.
        '--set=scram_iterations=1',
        ...(durable ? [] : ['--no-sync', '--wal-segsize=1']),
      ]);
      // Part of the cluster from the start, so that copies of it have the database already.
      await run([binaries.postgres, '--single', ...(durable ? [] : ['-F']), '-D', draft, 'postgres']);
    } finally {
      await input.close();
      await log.close();
    }
    await writeFile(join(draft, PASSWORD_FILE), password, { mode: 0o600 });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The password of the cluster's superuser. */
export async function readSuperuserPassword(dataDir: string): Promise<string> {
  try {
    return await readFile(join(dataDir, PASSWORD_FILE), 'utf8');
  } catch (cause) {
    throw new Error(
      `The PostgreSQL cluster in ${dataDir} was not made by this project. Use another folder.`,
      { cause },
    );
  }
}

/** Removes what starts that died while they made a cluster have left beside `dataDir`. */
export async function removeDrafts(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  const prefix = `${basename(dataDir)}${DRAFT}`;
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** The line of a server's or initdb's log that says why it stopped. */
export function lastError(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  // What comes after it are its consequences, which name everything but the disk.
  if (lines.some((line) => /No space left on device|Check free disk space/.test(line)))
    return 'the disk is full.';
  const telling = lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line)) ?? lines.at(-1);
  return telling?.replace(/^.*?\b(?:FATAL|PANIC|ERROR|error):\s*/, '').trim() ?? 'it said nothing';
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
