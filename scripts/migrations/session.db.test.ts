import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Client } from 'pg';
import { migrateUp } from './migrate.ts';
import { MigrationImpossibleError } from './migration-error.ts';
import { withMigrationLock } from './migration-lock.ts';
import { withSession } from './migration-session.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { NOTES, createProject, failureOf, migration } from './testing/migration-project.ts';

suite('a migration session', () => {
  test('that waits too long for another run says who holds the lock', async () => {
    await using project = await createProject(NOTES);
    const said: string[] = [];
    const options = {
      settings: { ...DEFAULT_SETTINGS, waitMs: 150 },
      log: (line: string) => said.push(line),
    };
    await withSession(project.url, (holder) =>
      withMigrationLock(holder, options, async () => {
        const found = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const waiting = migrateUp({ ...project, ...options });
        await assert.rejects(waiting, (error) => {
          assert.ok(error instanceof MigrationImpossibleError);
          assert.match(
            error.message,
            new RegExp(
              `^Another migration run \\(server process ${found.rows[0]?.pid} from 127\\.0\\.0\\.1, connected .*Z\\) was still under way after 0\\.15 s\\. .*pg_terminate_backend\\(${found.rows[0]?.pid}\\)\\.$`,
            ),
          );
          return true;
        });
        const command = await project.command(['up', '--wait', '100']);
        assert.equal(command.code, 2);
        assert.match(command.stderr, /^Another migration run /);
      }),
    );
    assert.deepEqual(said, ['Another migration run is under way; waiting for it.']);
    assert.equal(await project.up(), 2);
  });

  test('ends a statement that takes too long, and keeps nothing of it', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_slow.sql': migration('CREATE TABLE notes.slow ();\nSELECT pg_sleep(60);'),
    });
    const slow = migrateUp({ ...project, log: () => {}, settings: { statementTimeoutMs: 100 } });
    const error = await failureOf(slow);
    assert.equal(error.place.line, 4);
    assert.match(
      error.message,
      /statement timeout \(SQLSTATE 57014\)\. --statement-timeout gives it more time\./,
    );
    assert.deepEqual(await project.query(`SELECT to_regclass('notes.slow')::text`), [null]);
  });

  test('sets its time-outs before each migration, also when the last one changed them', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_set.sql': migration(
        `SET lock_timeout TO '1h'; SET search_path TO notes; SET statement_timeout TO 0; SELECT 1;`,
      ),
      'notes/00004_keep.sql': migration(
        `CREATE TABLE notes.kept AS SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' ' || current_setting('search_path') AS setting;`,
      ),
    });
    await migrateUp({
      ...project,
      log: () => {},
      settings: { lockTimeoutMs: 1_234, statementTimeoutMs: 56_789 },
    });
    assert.deepEqual(await project.query('SELECT setting FROM notes.kept'), ['1234ms 56789ms public']);
  });

  test('that is ended from outside says so, and the next one goes on', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_slow.sql': migration('CREATE TABLE notes.slow (); SELECT pg_sleep(60);'),
    });
    const admin = new Client({ connectionString: project.adminUrl });
    await admin.connect();
    try {
      const command = migrateUp({ ...project, log: () => {} }).then(
        () => undefined,
        (error: unknown) => error,
      );
      for (;;) {
        const ended = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
        );
        if ((ended.rowCount ?? 0) > 0) {
          break;
        }
      }
      const error = await command;
      assert.ok(error instanceof Error);
      assert.match(
        error.message,
        /notes 00003_slow is not applied, done before it and kept: notes 00001_create_schema, notes 00002_create_pages\.$/,
      );
    } finally {
      await admin.end();
    }
    await project.write('notes/00003_slow.sql', migration('CREATE TABLE notes.slow ();'));
    assert.equal(await project.up(), 1);
  });

  test('a failure has the advice that fits it', async () => {
    const failures: readonly (readonly [string, RegExp])[] = [
      ['SELECT 1;\nCOPY notes.pages FROM stdin;', /SQLSTATE 57014.*no standard input or output.*INSERT/],
      ['COPY notes.pages TO stdout;\nSELECT 1 / 0;', /division by zero/],
      [
        'SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5);',
        /SQLSTATE 57014.*Somebody cancelled the statement/,
      ],
    ];
    for (const [up, message] of failures) {
      await using project = await createProject({ ...NOTES, 'notes/00003_x.sql': migration(up) });
      const error = await failureOf(project.up());
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /--statement-timeout/);
    }
  });
});
