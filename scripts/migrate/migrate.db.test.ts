import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Client } from 'pg';
import { testServer } from '../../src/testing/database.ts';
import { main } from './main.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';
import { MigrationError, formatMigrationError } from './migration-error.ts';

/** A project of migrations only, with an empty database. */
interface Project extends AsyncDisposable {
  readonly root: string;
  readonly url: string;
  write(file: string, text: string): Promise<void>;
  remove(file: string): Promise<void>;
  query(text: string): Promise<unknown[]>;
  readonly log: string[];
  up(): Promise<number>;
}

async function createProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const root = await mkdtemp(join(tmpdir(), 'migrate-'));
  const { serverUrl } = testServer();
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  await run(serverUrl, `CREATE DATABASE ${name} OWNER api`);
  const url = `postgres://api:api_secret@${new URL(serverUrl).host}/${name}`;
  const log: string[] = [];
  const project: Project = {
    root,
    url,
    log,
    async write(file, text) {
      const path = join(root, 'migrations', file);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, text);
    },
    remove: (file) => unlink(join(root, 'migrations', file)),
    query: (text) => run(url, text),
    up: () => migrateUp({ root, url, log: (line) => log.push(line) }),
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true });
      await run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
  for (const [file, text] of Object.entries(files)) {
    await project.write(file, text);
  }
  return project;
}

async function run(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

const migration = (up: string, down = '-- nothing'): string =>
  `-- Up Migration\n\n${up}\n\n-- Down Migration\n\n${down}\n`;

const NOTES = {
  'notes/00001_create_schema.sql': migration('CREATE SCHEMA notes;', 'DROP SCHEMA notes;'),
  'notes/00002_create_pages.sql': migration('CREATE TABLE notes.pages (id int);', 'DROP TABLE notes.pages;'),
};

async function failure(work: Promise<unknown>): Promise<MigrationError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MigrationError, `a MigrationError was expected, not ${String(error)}`);
  return error;
}

suite('migrations', () => {
  test('go up once, module by module, and come down one step at a time', async () => {
    await using project = await createProject({
      ...NOTES,
      'meal-plan/00001_create_schema.sql': migration('CREATE SCHEMA meal_plan;', 'DROP SCHEMA meal_plan;'),
    });
    assert.equal(await project.up(), 3);
    assert.equal(await project.up(), 0);
    assert.deepEqual(project.log, [
      'applied meal-plan 00001_create_schema',
      'applied notes 00001_create_schema',
      'applied notes 00002_create_pages',
    ]);
    const versions = `SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'migrations' ORDER BY 1`;
    assert.deepEqual(await project.query(versions), ['meal_plan_version', 'notes_version']);
    const options = { ...project, log: () => {}, module: 'notes' };
    assert.equal(await migrateDown(options), '00002_create_pages');
    assert.equal(await migrateDown(options), '00001_create_schema');
    assert.match((await failure(migrateDown(options))).message, /Nothing of this module is applied/);
    assert.deepEqual(await project.query(`SELECT to_regnamespace('notes')::text`), [null]);
    assert.equal(await project.up(), 2);
  });

  test('run by many at once are applied once, and nobody fails', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_wait.sql': migration('SELECT pg_sleep(0.2);'),
    });
    const applied = await Promise.all(Array.from({ length: 6 }, () => project.up()));
    assert.deepEqual(
      applied.toSorted((left, right) => left - right),
      [0, 0, 0, 0, 0, 3],
    );
  });

  test('that fail say where and why, and leave nothing behind', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_add_title.sql': migration('-- ünïcödé 🍲\nALTER TABLE notes.pages ADD title txet;'),
    });
    const error = await failure(project.up());
    assert.equal(
      formatMigrationError(error),
      'migrations/notes/00003_add_title.sql:4:35 type "txet" does not exist (SQLSTATE 42704). Nothing of this batch was kept.',
    );
    assert.deepEqual(await project.query(`SELECT to_regnamespace('notes')::text`), [null]);
    await project.write('notes/00003_add_title.sql', migration('ALTER TABLE notes.pages ADD title text;'));
    assert.equal(await project.up(), 3);
  });

  test('do not wait for ever for a table that is in use', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    await project.write('notes/00003_add_title.sql', migration('ALTER TABLE notes.pages ADD title text;'));
    const reader = new Client({ connectionString: project.url });
    await reader.connect();
    try {
      await reader.query('BEGIN; SELECT * FROM notes.pages');
      const error = await failure(migrateUp({ ...project, log: () => {}, lockTimeoutMs: 100 }));
      assert.match(error.message, /lock timeout .*55P03/);
    } finally {
      await reader.end();
    }
  });

  test('are refused when an applied one was changed, removed, or overtaken', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    const original = NOTES['notes/00002_create_pages.sql'];

    await project.write('notes/00002_create_pages.sql', original.replace('id int', 'id bigint'));
    assert.match(
      formatMigrationError(await failure(project.up())),
      /^migrations\/notes\/00002\S+:1:1 was changed after/,
    );
    await project.write('notes/00002_create_pages.sql', original.replaceAll('\n', '\r\n'));
    assert.equal(await project.up(), 0);

    await project.remove('notes/00002_create_pages.sql');
    assert.match((await failure(project.up())).message, /its file is gone/);
    await project.write('notes/00002_create_pages.sql', original);

    await project.write('notes/00005_later.sql', migration('SELECT 1;'));
    await project.up();
    await project.write('notes/00004_earlier.sql', migration('SELECT 1;'));
    assert.match((await failure(project.up())).message, /number it above 5/);
    const [status] = await migrationStatus(project);
    assert.equal(status?.problems.length, 1);
  });

  test('with a wrong name or without a marker are refused before anything runs', async () => {
    const cases: [file: string, text: string, message: RegExp][] = [
      ['notes/3_short.sql', migration('SELECT 1;'), /NNNNN_verb_thing/],
      ['notes/00001_again.sql', migration('SELECT 1;'), /Number 00001 is taken/],
      ['notes/00003_bare.sql', 'SELECT 1;', /-- Up Migration/],
      ['notes/notes.txt', 'hello', /NNNNN_verb_thing/],
      ['Notes/00001_x.sql', migration('SELECT 1;'), /named like its module/],
    ];
    for (const [file, text, message] of cases) {
      await using project = await createProject({ ...NOTES, [file]: text });
      assert.match((await failure(project.up())).message, message);
      assert.deepEqual(await project.query(`SELECT to_regnamespace('migrations')::text`), [null]);
    }
  });

  test('build an index concurrently when they say so', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_index_pages.sql': migration(
        '-- no-transaction\nCREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);',
      ),
    });
    assert.equal(await project.up(), 3);
    assert.deepEqual(await project.query(`SELECT to_regclass('notes.pages_id')::text`), ['notes.pages_id']);
  });

  test('survive kill -9 in their middle', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_slow.sql': migration('CREATE TABLE notes.slow (); SELECT pg_sleep(30);'),
    });
    const script = `
      import { migrateUp } from ${JSON.stringify(import.meta.resolve('./migrate.ts'))};
      await migrateUp({ root: ${JSON.stringify(project.root)}, url: ${JSON.stringify(project.url)}, log() {} });
    `;
    const runner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
    const running = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()`;
    while ((await project.query(running))[0] === 0) {
      assert.equal(runner.exitCode, null);
    }
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    // The server notices when it has something to say; a real one does at the latest at the end of the statement.
    await run(
      testServer().serverUrl,
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${new URL(project.url).pathname.slice(1)}' AND pid <> pg_backend_pid()`,
    );
    await project.write('notes/00003_slow.sql', migration('CREATE TABLE notes.slow ();'));
    assert.equal(await project.up(), 3);
  });
});

suite('the migrate command', () => {
  test('says in one sentence what is missing or unreachable, and exits 2', async (context) => {
    const said: string[] = [];
    context.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0);
    assert.equal(await main(['up'], {}), 2);
    assert.equal(await main(['up'], { DATABASE_URL: 'not a url' }), 2);
    assert.equal(await main(['up'], { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/api' }), 2);
    assert.equal(await main(['sideways'], {}), 2);
    assert.equal(await main(['down', 'recipe'], { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/api' }), 2);
    const text = said.join('');
    assert.match(text, /Set DATABASE_URL/);
    assert.match(text, /cannot be reached: .*ECONNREFUSED/);
    assert.match(text, /down recipe --yes/);
    assert.doesNotMatch(text, /hunter2|\bat .*\.ts:\d/);
  });
});
