import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migrateDown, migrateRedo, migrateUp } from './migrate.ts';
import { formatMigrationError } from './migration-error.ts';
import { migrationStatus } from './status.ts';
import { NOTES, createProject, failureOf, migration } from './testing/migration-project.ts';

/** A first migration, of a module that depends on others. */
function schemaOf(name: string, ...needs: readonly string[]): string {
  const lines = needs.map((need) => `-- depends-on: ${need}\n`);
  return [...lines, migration(`CREATE SCHEMA ${name};`, `DROP SCHEMA ${name};`)].join('');
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
    assert.deepEqual(await project.query(versions), ['meal_plan_version', 'notes_version', 'unfinished']);
    const options = { ...project, log: () => {}, module: 'notes' };
    assert.deepEqual(await migrateDown(options), ['00002_create_pages']);
    assert.equal(await migrateRedo(options), '00001_create_schema');
    assert.deepEqual(await migrateDown(options), ['00001_create_schema']);
    assert.match((await failureOf(migrateDown(options))).message, /Nothing of this module is applied/);
    assert.deepEqual(await project.query(`SELECT to_regnamespace('notes')::text`), [null]);
    assert.equal(await project.up(), 2);
    assert.deepEqual(await migrateDown({ ...project, log: () => {}, all: true }), [
      '00002_create_pages',
      '00001_create_schema',
      '00001_create_schema',
    ]);
    assert.equal(await migrateUp({ ...project, log: () => {}, module: 'meal-plan' }), 1);
    assert.match(
      (await failureOf(migrateUp({ ...project, log: () => {}, module: 'meals' }))).message,
      /There is no such module; there is meal-plan, notes\./,
    );
  });

  test('run by many at once are applied once, and no run fails', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_wait.sql': migration('SELECT pg_sleep(0.2);'),
      // Waits for every statement that runs: none of those that wait for their turn may be one.
      'notes/00004_index_pages.sql': migration(
        '-- no-transaction\nCREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);',
      ),
    });
    const applied = await Promise.all(Array.from({ length: 6 }, () => project.up()));
    assert.deepEqual(
      applied.toSorted((left, right) => left - right),
      [0, 0, 0, 0, 0, 4],
    );
  });

  test('that fail say where and why and what is applied, and leave nothing of themselves behind', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_add_title.sql': migration(
        '-- ünïcödé 🍲\nALTER TABLE notes.pages ADD body text;\nALTER TABLE notes.pages ADD title txet;',
      ),
    });
    assert.equal(
      formatMigrationError(await failureOf(project.up())),
      'migrations/notes/00003_add_title.sql:5:35 type "txet" does not exist (SQLSTATE 42704). ' +
        'notes 00003_add_title is not applied, done before it and kept: notes 00001_create_schema, notes 00002_create_pages.',
    );
    // A failure that PostgreSQL gives no place for is that of its statement; detail and hint are told.
    await project.write(
      'notes/00003_add_title.sql',
      migration(`ALTER TABLE notes.pages ADD body text;
-- é
INSERT INTO notes.pages VALUES (1), (2);
DO $$ BEGIN RAISE EXCEPTION 'No title' USING DETAIL = 'It is untitled', HINT = 'Title it', ERRCODE = 'NT001'; END $$;`),
    );
    assert.equal(
      formatMigrationError(await failureOf(project.up())),
      'migrations/notes/00003_add_title.sql:6:1 No title (SQLSTATE NT001). It is untitled. Hint: Title it. ' +
        'In PL/pgSQL function inline_code_block line 1 at RAISE. ' +
        'notes 00003_add_title is not applied, and nothing before it was changed.',
    );
    const columns = `SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'notes'`;
    assert.deepEqual(await project.query(columns), ['id']);
    await project.write('notes/00003_add_title.sql', migration('ALTER TABLE notes.pages ADD title text;'));
    assert.equal(await project.up(), 1);
  });

  test('that do not get their lock are tried again, and not for ever', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    await project.write('notes/00003_add_title.sql', migration('ALTER TABLE notes.pages ADD title text;'));
    const reader = new Client({ connectionString: project.url });
    await reader.connect();
    const said: string[] = [];
    const log = (line: string): void => {
      said.push(line);
      if (said.length === 2) {
        void reader.query('COMMIT');
      }
    };
    try {
      await reader.query('BEGIN; SELECT * FROM notes.pages');
      const once = { lockTimeoutMs: 50, retries: 0 };
      const error = await failureOf(migrateUp({ ...project, log, settings: once }));
      assert.match(
        error.message,
        /^canceling statement due to lock timeout \(SQLSTATE 55P03\)\. The table is in use/,
      );
      assert.deepEqual(said, []);
      assert.equal(await migrateUp({ ...project, log, settings: { lockTimeoutMs: 50, retries: 9 } }), 1);
      assert.match(
        said[0] ?? '',
        /^notes 00003_add_title could not get its lock; trying again in 0\.\d s \(1 of 9\)\./,
      );
      // Long enough to be looked at from another connection, on a busy machine too.
      await reader.query('BEGIN; SELECT * FROM notes.pages');
      await project.write('notes/00004_add_text.sql', migration('ALTER TABLE notes.pages ADD body text;'));
      const { rows } = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const patient = { lockTimeoutMs: 2000, retries: 0 };
      const blocked = await failureOf(migrateUp({ ...project, log, settings: patient }));
      assert.match(
        blocked.message,
        new RegExp(
          String.raw`It waited for server process ${rows[0]?.pid} \(api; idle in transaction for \d+ s: .*\), which SELECT pg_terminate_backend\(${rows[0]?.pid}\) ends\. notes 00004_add_text is not applied`,
        ),
      );
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
      formatMigrationError(await failureOf(project.up())),
      /^migrations\/notes\/00002\S+:1:1 was changed after/,
    );
    await project.write('notes/00002_create_pages.sql', original.replaceAll('\n', '\r\n'));
    assert.equal(await project.up(), 0);

    await project.remove('notes/00002_create_pages.sql');
    assert.match((await failureOf(project.up())).message, /its file is gone/);
    await project.write('notes/00002_create_pages.sql', original);

    await project.write('notes/00005_later.sql', migration('SELECT 1;'));
    await project.up();
    await project.write('notes/00004_earlier.sql', migration('SELECT 1;'));
    assert.match((await failureOf(project.up())).message, /number it above 5/);
    await project.remove('notes/00004_earlier.sql');

    await project.remove('notes/00002_create_pages.sql');
    await project.write('notes/00006_create_pages.sql', original);
    const { problems } = await migrationStatus(project);
    assert.deepEqual(
      problems.map((problem) => formatMigrationError(problem)),
      [
        'migrations/notes/00006_create_pages.sql:1:1 was applied to this database as 00002_create_pages; give it that name again.',
      ],
    );
    await project.remove('notes/00006_create_pages.sql');
    await project.write('notes/00002_create_pages.sql', original);
    await project.query(`UPDATE migrations.notes_version SET id = 100 WHERE name = '00001_create_schema'`);
    assert.match((await failureOf(project.up())).message, /was applied to this database after 00005_later/);
  });

  test('of a module come after those of the modules that it depends on, and go before them', async () => {
    await using project = await createProject({
      'apples/00001_create_schema.sql': schemaOf('apples', 'trees', 'bees'),
      'bees/00001_create_schema.sql': schemaOf('bees'),
      'trees/00001_create_schema.sql': schemaOf('trees'),
      // Any migration may say it: the module as a whole comes later.
      'trees/00002_ask_water.sql': `-- depends-on: water\n${migration('SELECT 1;', 'SELECT 1;')}`,
      'water/00001_create_schema.sql': schemaOf('water'),
    });
    const alone = await project.command(['up', 'apples']);
    assert.deepEqual(alone, {
      code: 1,
      stdout: '',
      stderr: ['water', 'trees', 'bees']
        .map(
          (name) =>
            `migrations/${name}/00001_create_schema.sql:1:1 is not applied, and module apples depends on ${name}; apply that first: npm run migrate -- up ${name}\n`,
        )
        .join(''),
    });
    assert.deepEqual(await project.command(['plan', 'apples']), alone);
    assert.deepEqual(await project.query(`SELECT to_regnamespace('migrations')::text`), [null]);
    await project.up();
    const names = ['water 00001_create_schema', 'trees 00001_create_schema', 'trees 00002_ask_water'];
    const applied = [...names, 'bees 00001_create_schema', 'apples 00001_create_schema'];
    assert.deepEqual(
      project.log,
      applied.map((name) => `applied ${name}`),
    );
    const { stdout } = await project.command(['down', '--all', '--yes']);
    assert.deepEqual(
      stdout.trimEnd().split('\n'),
      applied.toReversed().map((name) => `undid ${name}`),
    );

    for (const name of ['water', 'trees', 'bees', 'apples']) {
      assert.equal(
        (await project.command(['up', name])).stdout.split('\n').at(-2)?.startsWith('Applied'),
        true,
      );
    }
    await project.write('bees/00002_later.sql', migration('SELECT 1;'));
    // Nothing of its own is pending.
    assert.equal((await project.command(['up', 'apples'])).code, 0);
  });

  test('whose modules depend on what is not there, or on one another, are refused before anything runs', async () => {
    await using project = await createProject(NOTES);
    for (const [needs, message] of [
      [
        'pages',
        'migrations/meals/00001_x.sql:2:1 depends on module pages, and there is no migrations/pages.',
      ],
      ['', 'migrations/meals/00001_x.sql:2:1 Name the module: `-- depends-on: platform`.'],
      [
        'meals',
        'migrations/meals/00001_x.sql:2:1 closes a circle of modules that depend on one another: meals on meals.',
      ],
      [
        'notes',
        'migrations/notes/00003_circle.sql:1:1 closes a circle of modules that depend on one another: meals on notes on meals.',
      ],
    ]) {
      await project.write(
        'meals/00001_x.sql',
        `-- first\n-- depends-on: ${needs}\n${migration('SELECT 1;')}`,
      );
      await project.write('notes/00003_circle.sql', `-- depends-on: meals\n${migration('SELECT 1;')}`);
      for (const command of ['up', 'plan', 'status']) {
        assert.deepEqual(await project.command([command]), { code: 1, stdout: '', stderr: `${message}\n` });
      }
    }
    assert.deepEqual(await project.query(`SELECT to_regnamespace('migrations')::text`), [null]);
  });

  test('are refused when the folder of a module is gone, unless another module is asked for', async () => {
    await using project = await createProject({
      ...NOTES,
      'meal-plan/00001_create_schema.sql': migration('CREATE SCHEMA meal_plan;', 'DROP SCHEMA meal_plan;'),
    });
    await project.up();
    await rm(join(project.root, 'migrations/meal-plan'), { recursive: true });
    assert.equal(
      formatMigrationError(await failureOf(project.up())),
      'migrations/meal-plan:1:1 was applied to this database, and the module’s folder is gone; put it back, or undo its migrations first.',
    );
    assert.equal(await migrateUp({ ...project, log: () => {}, module: 'notes' }), 0);
    await project.query('DELETE FROM migrations.meal_plan_version');
    assert.equal(await project.up(), 0);
  });

  test('built concurrently wait for older transactions, however short the time-out', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    await project.write(
      'notes/00003_index_pages.sql',
      `-- no-transaction\n${migration('CREATE INDEX CONCURRENTLY pages_id ON notes.pages (id);')}`,
    );
    const reader = new Client({ connectionString: project.url });
    await reader.connect();
    try {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM notes.pages');
      const built = migrateUp({ ...project, log: () => {}, settings: { lockTimeoutMs: 20, retries: 0 } });
      await Promise.race([built, sleep(300)]);
      await reader.query('COMMIT');
      assert.equal(await built, 1);
    } finally {
      await reader.end();
    }
  });

  test('with a wrong name or without a marker are refused before anything runs', async () => {
    const cases: [file: string, text: string, message: RegExp][] = [
      ['notes/3_short.sql', migration('SELECT 1;'), /NNNNN_verb_thing/],
      ['notes/00001_again.sql', migration('SELECT 1;'), /Number 00001 is taken/],
      ['notes/00003_bare.sql', 'SELECT 1;', /-- Up Migration/],
      [
        'notes/00003_twice.sql',
        `${migration('SELECT 1;')}${migration('SELECT 2;')}`,
        /`-- Up Migration` is there twice/,
      ],
      [
        'notes/00003_above.sql',
        `-- fine\nSELECT 0;\n${migration('SELECT 1;')}`,
        /SQL above the line `-- Up Migration`/,
      ],
      ['notes/00003_turned.sql', '-- Down Migration\n-- Up Migration\n', /comes after/],
      ['notes/notes.txt', 'hello', /NNNNN_verb_thing/],
      ['Notes/00001_x.sql', migration('SELECT 1;'), /named like its module/],
    ];
    await using project = await createProject(NOTES);
    for (const [file, text, message] of cases) {
      await project.write(file, text);
      assert.match((await failureOf(project.up())).message, message);
      await project.remove(file);
    }
    await rm(join(project.root, 'migrations/Notes'), { recursive: true });
    await mkdir(join(project.root, 'migrations/notes/old'));
    assert.match((await failureOf(project.up())).message, /no folders, no links/);
    await rm(join(project.root, 'migrations/notes/old'), { recursive: true });
    await symlink('00001_create_schema.sql', join(project.root, 'migrations/notes/00003_link.sql'));
    assert.match((await failureOf(project.up())).message, /no folders, no links/);
    assert.deepEqual(await project.query(`SELECT to_regnamespace('migrations')::text`), [null]);
  });
});
