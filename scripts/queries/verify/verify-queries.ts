import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { migrateUp } from '../../migrations/migrate.ts';
import { startThrowawayPostgres } from '../../postgres/throwaway.ts';
import { writeBaseTree } from './base-tree.ts';
import { compareQueries } from './compare-queries.ts';
import { describeQueries, readQueries } from './describe-queries.ts';

/** How many queries were tried on the other side's schema, and what broke. */
export interface Verification {
  readonly baseQueries: number;
  readonly branchQueries: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tries the base's queries on this branch's schema and this branch's queries on the base's, so that a deploy in either order
 * is safe. Both schemas are made from their migrations in throwaway databases; queries are analysed, not run.
 *
 * @param options.adminUrl superuser of a server to make the databases on; a throwaway server is started without it.
 * @throws {MigrationImpossibleError} when the base cannot be read, {MigrationError} when migrations fail.
 */
export async function verifyQueries(options: {
  readonly root: string;
  readonly base: string;
  readonly adminUrl?: string;
}): Promise<Verification> {
  const { root, base } = options;
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'chompardo-base-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  await writeBaseTree({ root, ref: base, folder });
  const server = options.adminUrl ?? (await startServer(cleanup));
  const onBase = await migratedDatabase(server, folder, cleanup);
  const onBranch = await migratedDatabase(server, root, cleanup);
  const baseQueries = await readQueries(folder);
  const branchQueries = await readQueries(root);
  const diagnostics = [
    ...compareQueries({
      queries: baseQueries,
      own: await describeQueries(onBase, baseQueries),
      other: await describeQueries(onBranch, baseQueries),
      writtenIn: base,
      place: `this branch's schema`,
    }),
    ...compareQueries({
      queries: branchQueries,
      own: await describeQueries(onBranch, branchQueries),
      other: await describeQueries(onBase, branchQueries),
      writtenIn: null,
      place: `the schema of ${base}`,
    }),
  ];
  return { baseQueries: baseQueries.length, branchQueries: branchQueries.length, diagnostics };
}

async function startServer(cleanup: AsyncDisposableStack): Promise<string> {
  const server = await startThrowawayPostgres({ staysSmall: true });
  cleanup.defer(() => server.stop());
  return server.adminUrl;
}

async function migratedDatabase(
  server: string,
  root: string,
  cleanup: AsyncDisposableStack,
): Promise<Client> {
  const name = `verify_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  cleanup.defer(() => admin.end());
  await admin.query(`CREATE DATABASE ${name} STRATEGY file_copy`);
  cleanup.defer(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = new URL(`/${name}`, server).href;
  await migrateUp({ url, root, log: () => {} });
  const client = new Client({ connectionString: url });
  await client.connect();
  cleanup.defer(() => client.end());
  return client;
}
