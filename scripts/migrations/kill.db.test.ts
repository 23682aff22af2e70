import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDown, migrateUp } from './migrate.ts';
import { withSession } from './migration-session.ts';
import { openCutLine } from './testing/cut-line.ts';
import type { MigrationProject } from './testing/migration-project.ts';
import { NOTES, createProject, migration } from './testing/migration-project.ts';
import { compareDumps } from './verify/compare-dumps.ts';
import { readSchemaDump } from './verify/schema-dump.ts';

/** A run cuts the line at every third message, from another one each time: three runs have had all of them. */
const STRIDE = 3;

/** A process of its own that applies everything. */
function startRunner(project: MigrationProject): ChildProcess {
  const script = `
    import { migrateUp } from ${JSON.stringify(import.meta.resolve('./migrate.ts'))};
    await migrateUp({ root: ${JSON.stringify(project.root)}, url: ${JSON.stringify(project.url)}, log() {} });
  `;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'it did not come to that');
    await sleep(10);
  }
}

async function kill(runner: ChildProcess): Promise<void> {
  runner.kill('SIGKILL');
  if (runner.exitCode === null && runner.signalCode === null) {
    await once(runner, 'exit');
  }
}

const isRunning = (project: MigrationProject, statement: string) => async (): Promise<boolean> =>
  (
    await project.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
         AND query LIKE '%${statement}%' AND pid <> pg_backend_pid()`,
    )
  ).length > 0;

suite('a migration run that is killed', () => {
  test('in the middle of a statement leaves nothing, and the next one need not wait for that statement', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_slow.sql': migration('CREATE TABLE notes.slow (); SELECT pg_sleep(600);'),
    });
    const runner = startRunner(project);
    await until(isRunning(project, 'pg_sleep(600)'));
    await kill(runner);
    await project.write('notes/00003_slow.sql', migration('CREATE TABLE notes.slow ();'));
    // The server notices that nobody waits for the answer, and ends the session with its lock.
    assert.equal(await project.up(), 1);
  });

  test('while it builds an index concurrently is followed by one that builds it again', async () => {
    const index =
      '-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS pages_id ON notes.pages (id);';
    await using project = await createProject(NOTES);
    await project.up();
    await project.query('INSERT INTO notes.pages VALUES (1), (2)');
    await project.write('notes/00003_index_pages.sql', migration(index));
    // An open transaction that has read the table keeps the index from being finished.
    const { Client } = await import('pg');
    const reader = new Client({ connectionString: project.url });
    await reader.connect();
    try {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM notes.pages');
      const runner = startRunner(project);
      const invalid = 'SELECT 1 FROM pg_index WHERE NOT indisvalid';
      await until(async () => (await project.query(invalid)).length > 0);
      await kill(runner);
      await until(async () => !(await isRunning(project, 'CONCURRENTLY')()));
      assert.deepEqual(await project.query(invalid), [1]);
    } finally {
      await reader.end();
    }
    const valid = `SELECT indisvalid FROM pg_index WHERE indexrelid = 'notes.pages_id'::regclass`;
    assert.equal(await project.up(), 1);
    assert.deepEqual(await project.query(valid), [true]);

    // Killed between the index and its row: the index is valid, and nobody knows of it.
    await project.query(
      `DELETE FROM migrations.notes_version WHERE name = '00003_index_pages'; INSERT INTO migrations.unfinished VALUES ('notes', '00003_index_pages')`,
    );
    await project.write('notes/00003_index_pages.sql', migration(index.replace('IF NOT EXISTS ', '')));
    assert.equal(await project.up(), 1);
    assert.deepEqual(await project.query(`${valid} UNION ALL SELECT false FROM migrations.unfinished`), [
      true,
    ]);
  });

  test('while it drops an index concurrently is followed by one that finds it dropped', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_index_pages.sql': migration('CREATE INDEX pages_id ON notes.pages (id);'),
      'notes/00004_drop_index.sql': migration('-- no-transaction\nDROP INDEX CONCURRENTLY notes.pages_id;'),
    });
    await project.up();
    await project.query(
      `DELETE FROM migrations.notes_version WHERE name = '00004_drop_index'; INSERT INTO migrations.unfinished VALUES ('notes', '00004_drop_index')`,
    );
    assert.equal(await project.up(), 1);
    assert.deepEqual(
      await project.query(
        `SELECT checksum IS NOT NULL FROM migrations.notes_version WHERE name = '00004_drop_index'`,
      ),
      [true],
    );
  });

  test('while it undoes an index is told by status, and the next one undoes it to the end first', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_index_pages.sql': migration(
        '-- no-transaction\nCREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);',
        'DROP INDEX CONCURRENTLY notes.pages_id;',
      ),
    });
    await project.up();
    await project.query(
      `DROP INDEX notes.pages_id; INSERT INTO migrations.unfinished VALUES ('notes', '00003_index_pages')`,
    );
    const file = 'migrations/notes/00003_index_pages.sql';
    const status = await project.command(['status']);
    assert.deepEqual(
      { code: status.code, stderr: status.stderr },
      {
        code: 1,
        stderr: `${file}:1:1 was being undone by a run that was killed; up and down both undo it to the end first.\n`,
      },
    );
    const plan = (await project.command(['plan'])).stdout;
    assert.ok(
      plan.indexOf(`${file}, undone to the end: a run that was killed had begun to\n`) <
        plan.indexOf(`${file}\n`),
      plan,
    );
    assert.equal(await project.up(), 1);
    assert.deepEqual(project.log.slice(-2), [
      'undid notes 00003_index_pages, which a run that was killed had begun to undo',
      'applied notes 00003_index_pages',
    ]);
    assert.deepEqual(
      await project.query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'notes.pages_id'::regclass`),
      [true],
    );
    assert.equal((await project.command(['status'])).code, 0);
    // The same on the way down: it is undone once, and nothing else is.
    await project.query(
      `DROP INDEX notes.pages_id; INSERT INTO migrations.unfinished VALUES ('notes', '00003_index_pages')`,
    );
    assert.equal(
      (await project.command(['down', 'notes', '--yes'])).stdout,
      'undid notes 00003_index_pages\n',
    );
    assert.deepEqual(await project.query('SELECT count(*)::int FROM migrations.unfinished'), [0]);
  });

  test('at any message that it sends, going up or down, is followed by a clean one', async (context) => {
    await using project = await createProject({
      'notes/00001_create_pages.sql': migration(
        'CREATE SCHEMA notes; CREATE TABLE notes.pages (id int); INSERT INTO notes.pages VALUES (1);',
        'DROP TABLE notes.pages; DROP SCHEMA notes;',
      ),
      'notes/00002_index_pages.sql': migration(
        '-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY pages_id ON notes.pages (id);',
        'DROP INDEX CONCURRENTLY notes.pages_id;',
      ),
    });
    await project.up();
    const whole = await withSession(project.url, readSchemaDump);
    const facts = `SELECT string_agg(name, ' ' ORDER BY id) || ' ' || (SELECT count(*) FROM migrations.unfinished) || ' ' ||
        (SELECT count(*) FROM notes.pages) FROM migrations.notes_version`;
    const names = '00001_create_pages 00002_index_pages';
    let cuts = 0;
    for (const direction of ['up', 'down'] as const) {
      for (let at = Math.floor(Math.random() * STRIDE), isCut = true; isCut; at += STRIDE) {
        if (direction === 'up') {
          await project.query('DROP SCHEMA notes, migrations CASCADE');
        }
        await using line = await openCutLine(project.url, at);
        const options = { ...project, url: line.url, log: () => {} };
        const work = direction === 'up' ? migrateUp(options) : migrateDown({ ...options, all: true });
        await work.catch(() => {});
        isCut = line.isCut;
        cuts += isCut ? 1 : 0;
        const where = `${direction}, message ${at}`;
        await project.up();
        assert.deepEqual(await project.query(facts), [`${names} 0 1`], where);
        assert.deepEqual(compareDumps(whole, await withSession(project.url, readSchemaDump)), [], where);
      }
    }
    assert.ok(cuts * STRIDE > 50, `only ${cuts} runs were cut off`);
    context.diagnostic(`${cuts} runs were cut off`);
  });

  test('at any moment is followed by a clean one', async () => {
    const files: Record<string, string> = {
      'notes/00001_create_schema.sql': migration('CREATE SCHEMA notes; CREATE TABLE notes.log (step int);'),
    };
    for (let number = 2; number <= 9; number += 1) {
      files[`notes/0000${number}_step.sql`] = migration(
        `CREATE TABLE notes.t${number} (id int); SELECT pg_sleep(0.02); INSERT INTO notes.log VALUES (${number}); SELECT pg_sleep(0.02);`,
      );
    }
    files['notes/00010_index_log.sql'] = migration(
      '-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY log_step ON notes.log (step);',
    );
    await using project = await createProject(files);
    let killed = 0;
    for (let round = 0; round < 8; round += 1) {
      const runner = startRunner(project);
      const ended = once(runner, 'exit');
      await Promise.race([sleep(150 + Math.random() * 400), ended]);
      await kill(runner);
      killed += runner.signalCode === 'SIGKILL' ? 1 : 0;
      if (round % 4 === 3) {
        // What is written down and what is there agree at every moment, once the server has noticed.
        await until(async () => !(await isRunning(project, 'pg_sleep')()));
        const rows = `SELECT count(*)::int FROM migrations.notes_version WHERE name ~ '_step$' UNION ALL
          SELECT count(*)::int FROM notes.log UNION ALL SELECT count(*)::int FROM pg_class WHERE relname ~ '^t[0-9]+$'`;
        const found = await project.query(rows).catch(() => [0, 0, 0]);
        assert.deepEqual(found, [found[0], found[0], found[0]]);
      }
    }
    assert.ok(killed > 0);
    await project.up();
    assert.deepEqual(
      await project.query('SELECT step FROM notes.log ORDER BY step'),
      [2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.equal((await project.command(['status'])).code, 0);
    assert.deepEqual(await project.query('SELECT 1 FROM pg_index WHERE NOT indisvalid'), []);
  });
});

suite('many migration runs at once', () => {
  test('in processes of their own all end well, and each migration is applied once', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_wait.sql': migration('INSERT INTO notes.pages VALUES (1); SELECT pg_sleep(0.3);'),
      'notes/00004_index_pages.sql': migration(
        '-- no-transaction\nCREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);',
      ),
    });
    const runners = Array.from({ length: 5 }, () => startRunner(project));
    await Promise.all(runners.map((runner) => once(runner, 'exit')));
    assert.deepEqual(
      runners.map(({ exitCode }) => exitCode),
      [0, 0, 0, 0, 0],
    );
    assert.deepEqual(await project.query('SELECT id FROM notes.pages'), [1]);
  });
});
