import { Client } from 'pg';

/** The one lock of all migration runs on a database; not node-pg-migrate's own, which spans one module only. */
const LOCK_KEY = 4_821_907_001;
const LOCK_WAIT = '5min';
const LOCK_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT = '15min';

/** The database cannot be reached or does not let us in. `message` is a sentence without the connection string. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

/**
 * Runs `work` on a connection of its own, straight to the server: session locks and settings do not survive a
 * transaction pooler.
 *
 * @throws {DatabaseUnreachableError} when there is no connection.
 */
export async function withSession<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'migrate',
  });
  client.on('error', () => {}); // the query that is under way reports the same
  try {
    await client.connect();
  } catch (cause) {
    throw new DatabaseUnreachableError(`The database cannot be reached: ${reason(cause)}`, { cause });
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Runs `work` while no other migration run does, in any process; waits its turn.
 *
 * @throws when the wait takes longer than five minutes.
 */
export async function withMigrationLock<T>(
  client: Client,
  options: { readonly log: (line: string) => void; readonly lockTimeoutMs?: number },
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`SET TIME ZONE 'UTC'; SET search_path TO public; SET client_min_messages TO warning`);
  const tried = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    LOCK_KEY,
  ]);
  if (tried.rows[0]?.locked !== true) {
    options.log('Another migration run is under way; waiting for it.');
    await client.query(`SET lock_timeout TO '${LOCK_WAIT}'`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  }
  await client.query(
    `SET lock_timeout TO ${options.lockTimeoutMs ?? LOCK_TIMEOUT_MS}; SET statement_timeout TO '${STATEMENT_TIMEOUT}'`,
  );
  try {
    return await work();
  } finally {
    // A lost connection has lost its lock as well.
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => {});
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) {
    return error.errors.map(reason).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
