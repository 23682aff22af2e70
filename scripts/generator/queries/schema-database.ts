import { randomBytes } from 'node:crypto';
import { startup } from '@pgtyped/query';
import { AsyncQueue } from '@pgtyped/wire';
import { Client } from 'pg';
import { migrateUp } from '../../migrate/migrate.ts';
import { startThrowawayPostgres } from '../../postgres/throwaway.ts';
import type { TypeMapping } from './pgtyped.ts';
import { withDomains } from './type-mapping.ts';

/** A database that holds exactly what the migrations make, and how its types look in TypeScript. */
export interface SchemaDatabase {
  readonly connection: AsyncQueue;
  readonly mapping: TypeMapping;
}

/**
 * Runs `work` on a connection to a new database that holds exactly what the migrations make.
 *
 * @param options.adminUrl superuser of a server to make the database on; a throwaway server is started without it.
 * @throws {MigrationError} when a migration fails.
 */
export async function withSchemaDatabase<T>(
  options: { readonly root: string; readonly adminUrl?: string },
  work: (schema: SchemaDatabase) => Promise<T>,
): Promise<T> {
  await using cleanup = new AsyncDisposableStack();
  const url = await createDatabase(options.adminUrl, cleanup);
  await migrateUp({ url, root: options.root, log: () => {} });
  const mapping = withDomains(await readDomains(url));
  const connection = await connect(url, cleanup);
  const lost = new Promise<never>((_resolve, reject) => {
    // PgTyped's connection waits for ever when the server goes away.
    connection.socket.once('close', () => {
      reject(new Error('The connection to the throwaway database was lost while queries were described.'));
    });
  });
  // Awaited here: the server must not stop before the work is done.
  return await Promise.race([work({ connection, mapping }), lost]);
}

async function createDatabase(adminUrl: string | undefined, cleanup: AsyncDisposableStack): Promise<string> {
  if (adminUrl === undefined) {
    const server = await startThrowawayPostgres();
    cleanup.defer(() => server.stop());
    return server.url;
  }
  const name = `generate_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  cleanup.defer(() => admin.end());
  await admin.query(`CREATE DATABASE ${name}`);
  cleanup.defer(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return new URL(`/${name}`, adminUrl).href;
}

/** A domain of a domain is followed to the type that is none. */
async function readDomains(url: string): Promise<readonly (readonly [string, string])[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ domain: string; base: string }>(`
      WITH RECURSIVE step AS (
        SELECT oid, typname AS domain, typbasetype AS base FROM pg_type WHERE typtype = 'd'
        UNION ALL
        SELECT step.oid, step.domain, type.typbasetype FROM step JOIN pg_type type ON type.oid = step.base
        WHERE type.typtype = 'd'
      )
      SELECT step.domain, type.typname AS base FROM step JOIN pg_type type ON type.oid = step.base
      WHERE type.typtype <> 'd'`);
    return found.rows.map(({ domain, base }) => [domain, base] as const);
  } finally {
    await client.end();
  }
}

async function connect(url: string, cleanup: AsyncDisposableStack): Promise<AsyncQueue> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const connection = new AsyncQueue();
  // PgTyped sends a message in several small writes; Nagle's algorithm makes each query wait 40 ms for the last.
  connection.socket.setNoDelay(true);
  cleanup.defer(() => {
    connection.socket.destroy();
  });
  await startup(
    {
      host: hostname,
      port: Number(port || 5432),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      dbName: pathname.slice(1),
    },
    connection,
  );
  return connection;
}
