import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { apiDatabaseUrl } from '../../postgres/api-database.ts';

/** A server on which databases can be made and dropped. */
export interface VerificationServer extends AsyncDisposable {
  /** Makes an empty database; it is gone with the server. @returns its connection string, of role `api`. */
  createDatabase(): Promise<string>;
}

/** Starts a throwaway PostgreSQL, or uses the one at `adminUrl`. */
export async function openVerificationServer(adminUrl?: string): Promise<VerificationServer> {
  await using cleanup = new AsyncDisposableStack();
  let url = adminUrl;
  if (url === undefined) {
    const { startThrowawayPostgres } = await import('../../postgres/throwaway.ts');
    const server = await startThrowawayPostgres();
    cleanup.defer(() => server.stop());
    url = server.adminUrl;
  }
  const server = new URL(url);
  const admin = new Client({ connectionString: url });
  admin.on('error', () => {}); // the query that is under way reports the same
  await admin.connect();
  cleanup.defer(() => admin.end());
  const made = cleanup.move();
  return {
    async createDatabase() {
      const name = `verify_${randomBytes(6).toString('hex')}`;
      await admin.query(`CREATE DATABASE ${name} STRATEGY file_copy OWNER api TEMPLATE template0`);
      made.defer(async () => {
        await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      });
      return apiDatabaseUrl(server.host, name);
    },
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}
