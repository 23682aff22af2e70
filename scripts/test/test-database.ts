import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { migrateUp } from '../migrations/migrate.ts';
import { startThrowawayPostgres } from '../postgres/throwaway.ts';

/** The migrated database that each test file's own is cloned from. */
export const TEMPLATE = 'api_template';

/** A throwaway server whose template holds every migration. */
export interface TestServer {
  /** Connection string of the superuser. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts the server that all tests of a run share.
 *
 * @param folder in which its data lies.
 * @throws {MigrationError} when a migration fails; the server is stopped then.
 */
export async function startTestServer(root: string, folder: string = tmpdir()): Promise<TestServer> {
  const server = await startThrowawayPostgres({ parent: folder });
  try {
    const admin = new Client({ connectionString: server.adminUrl });
    await admin.connect();
    try {
      await admin.query(`CREATE DATABASE ${TEMPLATE} STRATEGY file_copy OWNER api`);
      const url = new URL(`/${TEMPLATE}`, server.url).href;
      await migrateUp({ url, root, log: () => {} });
      // No further connections: PostgreSQL refuses to clone a database that is in use.
      await admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    } finally {
      await admin.end();
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { adminUrl: server.adminUrl, stop: () => server.stop() };
}
