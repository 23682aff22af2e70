import { Client } from 'pg';
import { isThroughPooler } from '#kernel/database/pooler.ts';
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
    if (await isThroughPooler(client)) {
      throw new MigrationImpossibleError(
        'The connection goes through a pooler, which gives its locks and settings to others: set MIGRATION_DATABASE_URL to PostgreSQL itself.',
      );
    }
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) {
    return error.errors.map(reason).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
