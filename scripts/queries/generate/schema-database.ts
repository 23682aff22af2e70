import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrateUp } from '../../migrations/migrate.ts';
import { startThrowawayPostgres } from '../../postgres/throwaway.ts';

/**
 * Runs `work` on connections to a new database that holds exactly what the migrations make.
 *
 * @param options.adminUrl superuser of a server to make the database on; a throwaway server is started without it.
 * @throws {MigrationError} when a migration fails.
 */
export async function withSchemaDatabase<T>(
  options: { readonly root: string; readonly adminUrl?: string },
  work: (clients: readonly [Client, Client]) => Promise<T>,
): Promise<T> {
  await using cleanup = new AsyncDisposableStack();
  const url = await createDatabase(options.adminUrl, cleanup);
  await migrateUp({ url, root: options.root, log: () => {} });
  // Two: while one waits for the server, what the other brought is looked at.
  const clients = [await connect(url, cleanup), await connect(url, cleanup)] as const;
  // Awaited here: the server must not stop before the work is done.
  return await work(clients);
}

async function connect(url: string, cleanup: AsyncDisposableStack): Promise<Client> {
  const client = new Client({ connectionString: url });
  // A server that goes away fails the running query; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  cleanup.defer(() => client.end());
  return client;
}

async function createDatabase(adminUrl: string | undefined, cleanup: AsyncDisposableStack): Promise<string> {
  if (adminUrl === undefined) {
    const server = await startThrowawayPostgres({ staysSmall: true });
    cleanup.defer(() => server.stop());
    return server.url;
  }
  const name = `generate_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  cleanup.defer(() => admin.end());
  await admin.query(`CREATE DATABASE ${name} STRATEGY file_copy`);
  cleanup.defer(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return new URL(`/${name}`, adminUrl).href;
}
