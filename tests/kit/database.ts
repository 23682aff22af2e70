import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { Client } from 'pg';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { DatabaseOptions } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';

/** A database of one test file's own, migrated and empty; dropped at the end of its scope. */
export interface TestDatabase extends AsyncDisposable {
  /** Connection string of role `api`, as the API itself has. */
  readonly url: string;
  /** Connection string of the superuser, for faults: ending backends, taking locks. */
  readonly adminUrl: string;
  readonly database: Database;
}

/**
 * Clones the migrated template of the running test command: `await using db = await createTestDatabase()`.
 *
 * @param options of the pool; small and with the API's own time-outs unless given.
 * @throws outside `npm test`, which provides the server.
 */
export async function createTestDatabase(options: Partial<DatabaseOptions> = {}): Promise<TestDatabase> {
  const { serverUrl, template } = testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy OWNER api`);
  const server = new URL(serverUrl);
  const adminUrl = new URL(`/${name}`, server).href;
  const url = `postgres://api:api_secret@${server.host}/${name}`;
  const database = createDatabase({ url, poolSize: 5, applicationName: name, ...options });
  return {
    url,
    adminUrl,
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await execute(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Empties every table of a schema. A table that a later migration adds, and that refers to the others, is emptied with them; what
 * other schemas hold is never touched: PostgreSQL refuses where they refer to this one.
 */
export async function truncateSchema(database: Database, schema: string): Promise<void> {
  const { rows } = await database.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1`,
    [schema],
  );
  if (rows.length === 0) throw new Error(`The schema ${schema} has no tables.`);
  await database.query(`TRUNCATE ${rows.map((row) => String(Object(row).name)).join(', ')}`);
}

/** The PostgreSQL that `npm test` started, as its superuser, and the name of its migrated database. */
export function testServer(): { readonly serverUrl: string; readonly template: string } {
  const serverUrl = env['TEST_DATABASE_URL'];
  const template = env['TEST_DATABASE_TEMPLATE'];
  if (serverUrl === undefined || template === undefined) {
    throw new Error('This test needs PostgreSQL. Run it through `npm test -- <file>`.');
  }
  return { serverUrl, template };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
