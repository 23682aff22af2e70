import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { testServer } from '#tests/kit/database.ts';
import { runCommand } from '../command.ts';
import { migrateUp } from '../migrate.ts';
import { MigrationError, formatMigrationError } from '../migration-error.ts';
import { verify } from '../verify/verify.ts';

/** What a command said, and its exit code. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of migrations only, with an empty database that role `api` owns. */
export interface MigrationProject extends AsyncDisposable {
  readonly root: string;
  readonly url: string;
  /** The superuser's connection string to the same database. */
  readonly adminUrl: string;
  /** What `up` said. */
  readonly log: readonly string[];
  /** @param file below `migrations/`. */
  write(file: string, text: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
  /** All values of all rows. */
  query(text: string): Promise<unknown[]>;
  /** Applies everything, without the linter. */
  up(): Promise<number>;
  /** The migration command, with `DATABASE_URL` set unless `env` is given; `stdout` is without the database's place and times. */
  command(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<CommandResult>;
  /** `migrate verify` with databases on the test server. @param url the database to compare; none when absent. */
  verify(
    url?: string,
    options?: { base?: string; ignoreSchemas?: readonly string[] },
  ): Promise<CommandResult>;
}

/** A migration's file. */
export function migration(up: string, down = '-- no-down: this is a test'): string {
  return `-- Up Migration\n\n${up}\n\n-- Down Migration\n\n${down}\n`;
}

/** A module of two migrations that are safe and undo themselves. */
export const NOTES = {
  'notes/00001_create_schema.sql': migration('CREATE SCHEMA notes;', 'DROP SCHEMA notes;'),
  'notes/00002_create_pages.sql': migration('CREATE TABLE notes.pages (id int);', 'DROP TABLE notes.pages;'),
} as const;

/** Makes the files and the database; both are gone at the end of the scope. */
export async function createProject(files: Readonly<Record<string, string>> = {}): Promise<MigrationProject> {
  const root = await mkdtemp(join(tmpdir(), 'migrate-'));
  const { serverUrl } = testServer();
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  await query(serverUrl, `CREATE DATABASE ${name} STRATEGY file_copy OWNER api`);
  const url = `postgres://api:api_secret@${new URL(serverUrl).host}/${name}`;
  const log: string[] = [];
  const project: MigrationProject = {
    root,
    url,
    adminUrl: new URL(`/${name}`, serverUrl).href,
    log,
    async write(file, text) {
      const path = join(root, 'migrations', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    },
    remove: (file) => unlink(join(root, 'migrations', file)),
    query: (text) => query(url, text),
    up: () => migrateUp({ root, url, log: (line) => log.push(withoutTimes(line)) }),
    async command(args, env = { DATABASE_URL: url }) {
      const { stdout, ...result } = await commandIn(root, args, env);
      return { ...result, stdout: withoutTimes(stdout) };
    },
    async verify(databaseUrl, { base, ignoreSchemas = [] } = {}) {
      let [stdout, stderr] = ['', ''];
      const code = await verify({
        root,
        base,
        filesOnly: false,
        url: databaseUrl,
        ignoreSchemas,
        serverUrl,
        print: (line) => (stdout += `${line}\n`),
        printProblem: (line) => (stderr += `${line}\n`),
      });
      return { code, stdout, stderr };
    },
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true });
      await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
  for (const [file, text] of Object.entries(files)) {
    await project.write(file, text);
  }
  return project;
}

/** What commands say, but for where, when and how long. */
export function withoutTimes(said: string): string {
  return said
    .replaceAll(/^(?:Database: |(?:applying|undoing|marking|unmarking) ).*\n/gm, '')
    .replaceAll(/,? in [\d.]+ m?s$/gm, '');
}

/** Runs the migration command in this process. */
export async function commandIn(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommand(args, env, {
    root,
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
  });
  return { code, stdout, stderr };
}

/** All values of all rows. */
export async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text, rowMode: 'array' });
    // Several statements give several results.
    return [result].flat().flatMap(({ rows }) => rows.flat());
  } finally {
    await client.end();
  }
}

/** The MigrationError that work fails with. */
export async function failureOf(work: Promise<unknown>): Promise<MigrationError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof MigrationError) {
    return error;
  }
  throw new Error(`A MigrationError was expected, not ${String(error)}`, { cause: error });
}

/** A MigrationError as the command tells it. */
export function asTold(error: unknown): { readonly code: number; readonly stderr: string } {
  if (!(error instanceof MigrationError)) {
    throw error;
  }
  return { code: 1, stderr: formatMigrationError(error) };
}
