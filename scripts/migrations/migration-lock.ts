import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { MigrationImpossibleError } from './migration-error.ts';
import type { MigrationSettings } from './settings.ts';

/** The one lock of all migration runs on a database; not node-pg-migrate's own, which spans one module only. */
const LOCK_KEY = 4_821_907_001;
const POLL_MS = 100;

/**
 * A runner that was killed keeps its session, and with it the lock, until the server notices. It notices the end of the
 * process within a second, also in the middle of a statement, and the loss of the machine within half a minute.
 */
const NOTICE_LOSS = `
  SET client_connection_check_interval TO '1s';
  SET tcp_keepalives_idle TO 10; SET tcp_keepalives_interval TO 5; SET tcp_keepalives_count TO 3`;

/**
 * Runs `work` while no other migration run does, in any process; waits its turn. The lock belongs to the session, so that
 * it ends with it.
 *
 * @throws {MigrationImpossibleError} when the wait takes too long; the message names who holds the lock.
 */
export async function withMigrationLock<T>(
  client: Client,
  options: { readonly log: (line: string) => void; readonly settings: MigrationSettings },
  work: () => Promise<T>,
): Promise<T> {
  // Some platforms cannot watch a connection during a statement; the lock is then kept until the statement ends.
  await client.query(NOTICE_LOSS).catch(() => {});
  const deadline = Date.now() + options.settings.waitMs;
  for (let attempt = 0; !(await tryLock(client)); attempt += 1) {
    if (attempt === 0) {
      options.log('Another migration run is under way; waiting for it.');
    }
    if (Date.now() > deadline) {
      throw new MigrationImpossibleError(await describeHolder(client, options.settings.waitMs));
    }
    // Asked again and again, never waited for inside a statement: CREATE INDEX CONCURRENTLY waits for every statement that runs.
    await sleep(POLL_MS * (1 + Math.random()));
  }
  try {
    return await work();
  } finally {
    // A lost connection has lost its lock as well.
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => {});
  }
}

/** SQL that takes the lock, or fails at once: nothing waits inside a statement. For a script that is run by hand. */
export const LOCK_SQL = `DO $$ BEGIN IF NOT pg_try_advisory_lock(${LOCK_KEY}) THEN RAISE EXCEPTION 'Another migration run is under way on this database; wait for it.'; END IF; END $$`;

/** SQL that gives the lock back. */
export const UNLOCK_SQL = `SELECT pg_advisory_unlock(${LOCK_KEY})`;

async function tryLock(client: Client): Promise<boolean> {
  const tried = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    LOCK_KEY,
  ]);
  return tried.rows[0]?.locked === true;
}

async function describeHolder(client: Client, waitMs: number): Promise<string> {
  const found = await client.query<{ pid: number; since: Date | null; address: string | null }>(
    `SELECT held.pid, activity.backend_start AS since, host(activity.client_addr) AS address
     FROM pg_locks held LEFT JOIN pg_stat_activity activity USING (pid)
     WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND held.classid::bigint << 32 | held.objid::bigint = $1`,
    [LOCK_KEY],
  );
  const holder = found.rows[0];
  const who =
    holder === undefined
      ? ''
      : ` (server process ${holder.pid}${holder.address === null ? '' : ` from ${holder.address}`}${holder.since === null ? '' : `, connected ${holder.since.toISOString()}`})`;
  return (
    `Another migration run${who} was still under way after ${waitMs / 1_000} s. Wait for it, or end it with ` +
    `SELECT pg_terminate_backend(${holder?.pid ?? 'pid'}).`
  );
}
