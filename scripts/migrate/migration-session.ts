import { Client } from 'pg';
import { MigrationImpossibleError } from './migration-error.ts';

/** The database cannot be reached or does not let us in. `message` is a sentence without the connection string. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

/**
 * Runs `work` on a connection of its own, straight to the server: session locks and settings do not survive a
 * transaction pooler.
 *
 * @throws {DatabaseUnreachableError} when there is no connection.
 * @throws {MigrationImpossibleError} when a pooler is in between.
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
    await refusePooler(client);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The server tells a new connection its process number; a pooler makes one up, because many share a process. */
async function refusePooler(client: Client): Promise<void> {
  const announced: unknown = Reflect.get(client, 'processID');
  const found = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  if (typeof announced === 'number' && found.rows[0]?.pid !== announced) {
    throw new MigrationImpossibleError(
      'The connection goes through a pooler, which gives its locks and settings to others: set MIGRATION_DATABASE_URL to PostgreSQL itself.',
    );
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) {
    return error.errors.map(reason).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
