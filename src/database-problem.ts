import type { Database } from '#kernel/database/database.ts';

import { findPendingMigrations } from './pending-migrations.ts';
import type { NewestMigrations } from './pending-migrations.ts';

const PING_TIMEOUT_MS = 2000;

const MISSING_SCHEMAS =
  'SELECT name FROM unnest($1::text[]) AS name WHERE to_regnamespace(quote_ident(name)) IS NULL ORDER BY name';

/**
 * What keeps requests from being answered with this database now, in a sentence that says what to do; undefined when all
 * is well. No reason to end: a database may still be starting, or be migrated by the next step of a deployment.
 */
export async function findDatabaseProblem(
  database: Database,
  schemas: readonly string[],
  newest: NewestMigrations = new Map(),
): Promise<string | undefined> {
  try {
    await database.ping(PING_TIMEOUT_MS);
    const { rows } = await database.query(MISSING_SCHEMAS, [schemas]);
    if (rows.length === 0) {
      const pending = await findPendingMigrations(database, newest);
      return pending.length === 0
        ? undefined
        : `The database (DATABASE_URL) lacks migrations that this release was made with, ${pending.join(', ')}: npm run migrate -- up applies them. Requests that need them are answered 500 until then`;
    }
    const names = rows.map((row) => String(Object(row).name)).join(', ');
    return `The database (DATABASE_URL) is not migrated, it lacks the schemas ${names}: npm run migrate -- up makes them. Requests that need them are answered 500 until then`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return `The database (DATABASE_URL) cannot be used: ${why}. Requests are answered 503 until it can`;
  }
}
