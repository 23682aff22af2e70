import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { migrateUp } from './migrate.ts';
import { withSession } from './migration-session.ts';
import { planUp } from './plan.ts';
import { NOTES, createProject, migration, query } from './testing/migration-project.ts';
import { readSchemaDump } from './verify/schema-dump.ts';

const FILES = {
  ...NOTES,
  'notes/00003_index_pages.sql': `-- no-transaction\n${migration('CREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);')}`,
  'notes/00004_add_title.sql': migration('ALTER TABLE notes.pages ADD title text'),
};

const HISTORY = 'SELECT name, checksum FROM migrations.notes_version ORDER BY id';
const EVERYTHING = `SELECT string_agg(concat_ws(' ', relnamespace::regnamespace, relname, relkind), chr(10) ORDER BY 1) FROM pg_class
  UNION ALL SELECT string_agg(nspname, chr(10) ORDER BY 1) FROM pg_namespace
  UNION ALL SELECT string_agg(proname, chr(10) ORDER BY 1) FROM pg_proc`;

suite('a plan', () => {
  test('touches nothing, neither of an empty nor of a migrated database', async () => {
    await using project = await createProject(FILES);
    const empty = await project.query(EVERYTHING);
    assert.notEqual(await planUp(project), '');
    assert.deepEqual(await project.query(EVERYTHING), empty);
    await project.remove('notes/00004_add_title.sql');
    await project.up();
    await project.write('notes/00004_add_title.sql', FILES['notes/00004_add_title.sql']);
    const migrated = [await project.query(EVERYTHING), await project.query(HISTORY)];
    assert.match(await planUp(project), /00004_add_title/);
    assert.deepEqual([await project.query(EVERYTHING), await project.query(HISTORY)], migrated);
    await project.up();
    assert.equal(await planUp(project), '');
  });

  test('is the SQL that up sends: by hand it makes the same database', async () => {
    await using byHand = await createProject(FILES);
    await using byCommand = await createProject(FILES);
    const plan = await planUp(byHand);
    // One statement at a time, as psql would: the lines of CONCURRENTLY cannot share a message.
    const { parseSync, loadModule } = await import('libpg-query');
    await loadModule();
    const text = Buffer.from(plan);
    await withSession(byHand.url, async (client) => {
      for (const { stmt_location: from = 0, stmt_len: length = text.length } of parseSync(plan).stmts ?? []) {
        await client.query(text.subarray(from, from + length).toString());
      }
    });
    await migrateUp({ ...byCommand, log: () => {} });
    const [left, right] = await Promise.all(
      [byHand, byCommand].map(({ url }) => withSession(url, readSchemaDump)),
    );
    assert.ok((left?.size ?? 0) > 3);
    assert.deepEqual(left, right);
    assert.deepEqual(await query(byHand.url, HISTORY), await query(byCommand.url, HISTORY));
    assert.equal(await byHand.up(), 0);
  });

  test('takes away what a killed run left of an index, as up does', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    await project.write('notes/00003_index_pages.sql', FILES['notes/00003_index_pages.sql']);
    await project.query(
      `CREATE INDEX pages_id ON notes.pages (id); INSERT INTO migrations.unfinished VALUES ('notes', '00003_index_pages')`,
    );
    const plan = await planUp(project);
    assert.match(
      plan,
      /;\nDROP INDEX CONCURRENTLY notes\.pages_id;\nINSERT INTO migrations\.unfinished .*;\n/,
    );
    assert.equal(await project.up(), 1);
    await project.write(
      'notes/00004_drop_index.sql',
      migration('-- no-transaction\nDROP INDEX CONCURRENTLY notes.pages_id;'),
    );
    assert.match(await planUp(project), /^DROP INDEX CONCURRENTLY/m);
    // Dropped by a run that was killed before it could write that down.
    await project.query(
      `DROP INDEX notes.pages_id; INSERT INTO migrations.unfinished VALUES ('notes', '00004_drop_index')`,
    );
    assert.doesNotMatch(await planUp(project), /^DROP INDEX/m);
    assert.equal(await project.up(), 1);
  });

  test('piped into psql stops at what fails, while another run has the lock, and when it is out of date', async (context) => {
    if (spawnSync('psql', ['--version']).status !== 0) {
      context.skip('psql is not installed');
      return;
    }
    await using project = await createProject({
      ...NOTES,
      'notes/00003_wrong.sql': migration('CREATE TABLE notes.pages (id int);', 'SELECT 1;'),
      'notes/00004_after.sql': migration(
        'CREATE TABLE notes.after (id uuid PRIMARY KEY);',
        'DROP TABLE notes.after;',
      ),
    });
    const { stdout } = await project.command(['plan']);
    const psql = (): { readonly status: number | null; readonly stderr: string } =>
      spawnSync('psql', ['--no-psqlrc', '--quiet', project.url], { input: stdout, encoding: 'utf8' });
    await withSession(project.url, async (client) => {
      await client.query('SELECT pg_advisory_lock(4821907001)');
      const held = psql();
      assert.match(held.stderr, /Another migration run is under way/);
      assert.equal(held.status, 3);
    });
    assert.deepEqual(await project.query("SELECT to_regnamespace('migrations')::text"), [null]);
    const failed = psql();
    assert.match(failed.stderr, /relation "pages" already exists/);
    assert.equal(failed.status, 3);
    const names = 'SELECT name FROM migrations.notes_version ORDER BY id';
    assert.deepEqual(await project.query(names), ['00001_create_schema', '00002_create_pages']);
    const late = psql();
    assert.match(late.stderr, /other migrations of notes than when this plan was made/);
    assert.equal(late.status, 3);
  });

  test('shows where each migration begins and ends', async () => {
    await using project = await createProject(NOTES);
    const { stdout, code } = await project
      .command(['plan', '--lock-timeout', '1234'])
      .then((result) => result);
    assert.equal(code, 0);
    const [, second = ''] = stdout.split('-- migrations/notes/00002_create_pages.sql\n');
    const expected = [
      /^RESET ROLE; .*SET lock_timeout TO 1234; .*;$/,
      /^BEGIN;$/,
      /^SELECT set_config\('migrate\.checksum', '[0-9a-f]{64}', false\);$/,
      /^-- Up Migration$/,
      /^$/,
      /^CREATE TABLE notes\.pages \(id int\);$/,
      /^INSERT INTO "migrations"\."notes_version" \(name, run_on\) VALUES \('00002_create_pages', NOW\(\)\);$/,
      /^COMMIT;$/,
    ];
    assert.match(stdout, /^--.*\n\\set ON_ERROR_STOP on\n/);
    const [own = '', end] = second.split('\n\nSELECT pg_advisory_unlock');
    assert.match(end ?? '', /^\(\d+\);\n$/);
    const lines = own.split('\n');
    assert.equal(lines.length, expected.length);
    for (const [index, pattern] of expected.entries()) {
      assert.match(lines[index] ?? '', pattern);
    }
  });
});
