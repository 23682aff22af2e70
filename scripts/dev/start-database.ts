import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';

import { migrateUp } from '../migrations/migrate.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { readSeeds, writeSeeds } from '../migrations/seeds.ts';
import { isServerOf, readPostmasterFile } from '../postgres/postmaster-file.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import type { DevOptions } from './options.ts';

/** A migrated PostgreSQL. */
export interface DevDatabase extends AsyncDisposable {
  readonly url: string;
  /** How it is told to the person: an address without a password. */
  readonly place: string;
  /** What was done to get there. */
  readonly notes: readonly string[];
  /** False once its server is gone. */
  isRunning(): Promise<boolean>;
}

/** Starts the embedded PostgreSQL, or takes the one that `DATABASE_URL` names, and migrates it unless that is for nothing. */
export async function startDevDatabase(options: DevOptions, stopped: AbortSignal): Promise<DevDatabase> {
  return options.databaseUrl === undefined
    ? startEmbedded(options, stopped)
    : useGiven(options.databaseUrl, options.root);
}

async function startEmbedded(
  { dataDir, postgresPort, root, isReset }: DevOptions,
  stopped: AbortSignal,
): Promise<DevDatabase> {
  const folder = join(dataDir, 'postgres');
  if (isReset) await removeDatabase(folder);
  const postgres = await startPostgres({ dataDir: folder, port: postgresPort, durable: true });
  const notes: string[] = [];
  try {
    if (postgres.port !== postgresPort) {
      notes.push(`Port ${postgresPort} is taken: PostgreSQL listens on ${postgres.port}.`);
    }
    if (!stopped.aborted) {
      await migrateUp({ url: postgres.url, root, lint: true, log: (line) => notes.push(line) });
      if (isReset) notes.push(...(await writeAllSeeds(postgres.url, root)));
    }
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return {
    url: postgres.url,
    place: postgres.url,
    notes,
    isRunning: async () => {
      const server = await readPostmasterFile(postgres.dataDir);
      // A server that was killed leaves its file behind.
      return server !== undefined && (await isServerOf(postgres.dataDir, server.pid));
    },
    [Symbol.asyncDispose]: () => postgres.stop(),
  };
}

/** @throws {Error} when a server runs on it. */
async function removeDatabase(folder: string): Promise<void> {
  const server = await readPostmasterFile(folder);
  if (server !== undefined && (await isServerOf(folder, server.pid))) {
    throw new Error(`PostgreSQL still runs on ${folder} (process ${server.pid}): end it, and try again.`);
  }
  await rm(folder, { recursive: true, force: true });
}

/** Writes the rows of `seeds/`. @returns a note for each file. @throws {MigrationError} at a file that PostgreSQL refuses. */
async function writeAllSeeds(url: string, root: string): Promise<readonly string[]> {
  const modules = await readMigrations(root);
  const seeds = (await Promise.all(modules.map(({ name }) => readSeeds(root, name)))).flat();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await writeSeeds(client, seeds);
  } finally {
    await client.end();
  }
  return seeds.map(({ file }) => `wrote the rows of ${file}`);
}

async function useGiven(url: string, root: string): Promise<DevDatabase> {
  const notes: string[] = [];
  if (!URL.canParse(url) || !/^postgres(?:ql)?:$/.test(new URL(url).protocol))
    throw new Error('DATABASE_URL is no URL like postgres://user:password@host:5432/database.');
  const { hostname, port, pathname } = new URL(url);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    await migrateUp({ url, root, lint: true, log: (line) => notes.push(line) });
  } else {
    notes.push('DATABASE_URL is on another machine, so it is not migrated: npm run migrate -- up does it.');
  }
  return {
    url,
    place: `DATABASE_URL (${hostname}${port === '' ? '' : `:${port}`}${pathname})`,
    notes,
    isRunning: () => Promise.resolve(true),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
