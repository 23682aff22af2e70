import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { NOTES, commandIn, createProject, migration, withoutTimes } from './testing/migration-project.ts';

/** Nothing of ours is in the database: no schema of a module, and no version table. */
const UNTOUCHED = `SELECT count(*)::int FROM pg_namespace WHERE nspname IN ('notes', 'migrations')`;

suite('the migrate command', () => {
  test('applies, shows and undoes', async () => {
    await using project = await createProject(NOTES);
    const pending = await project.command(['status']);
    assert.equal(pending.code, 1);
    assert.match(pending.stdout, /^notes {3}00001 {3}create_schema {2}pending {2}-$/m);
    assert.deepEqual(await project.command(['up']), {
      code: 0,
      stdout: 'applied notes 00001_create_schema\napplied notes 00002_create_pages\nApplied 2.\n',
      stderr: '',
    });
    assert.equal((await project.command(['up'])).stdout, 'Nothing to apply: the database is up to date.\n');
    const applied = await project.command(['status', 'notes']);
    assert.equal(applied.code, 0);
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    assert.match(
      applied.stdout,
      new RegExp(
        `^MODULE {2}NUMBER {2}NAME {11}APPLIED {19}CHECKSUM\nnotes {3}00001 {3}create_schema {2}${time} {2}ok\nnotes {3}00002 {3}create_pages {3}${time} {2}ok\n$`,
      ),
    );
    const json: unknown = JSON.parse(
      (await project.command(['status', '--json'])).stdout,
      (key, value: unknown) => (key === 'appliedAt' ? typeof value : value),
    );
    const shown = { module: 'notes', appliedAt: 'string', checksum: 'ok' };
    assert.deepEqual(json, {
      migrations: [
        { ...shown, name: '00001_create_schema' },
        { ...shown, name: '00002_create_pages' },
      ],
      problems: [],
    });
    assert.equal((await project.command(['redo', 'notes', '--yes'])).code, 0);
    assert.equal(
      (await project.command(['down', 'notes', '--yes'])).stdout,
      'undid notes 00002_create_pages\n',
    );
    assert.equal(
      (await project.command(['down', '--all', '--yes'])).stdout,
      'undid notes 00001_create_schema\n',
    );
    assert.deepEqual(await project.query(`SELECT to_regnamespace('notes')::text`), [null]);
  });

  test('says which database it talks to, when a migration begins and how long it took, and what would be undone', async () => {
    await using project = await createProject(NOTES);
    const env = { DATABASE_URL: project.url };
    const { host, pathname } = new URL(project.url);
    const up = await commandIn(project.root, ['up'], env);
    const lines = [
      `Database: ${pathname.slice(1)} at ${host}, as api`,
      'applying notes 00001_create_schema …',
      String.raw`applied notes 00001_create_schema in \d+ ms`,
      'applying notes 00002_create_pages …',
      String.raw`applied notes 00002_create_pages in \d+ ms`,
      String.raw`Applied 2\.`,
    ];
    assert.match(up.stdout, new RegExp(`^${lines.join('\n')}\n$`));
    assert.match((await commandIn(project.root, ['status'], env)).stdout, /^Database: /);
    assert.match((await commandIn(project.root, ['plan'], env)).stdout, /up to date/);
    for (const [args, files] of [
      [['down', 'notes'], ['00002_create_pages']],
      [['redo', 'notes'], ['00002_create_pages']],
      [
        ['down', '--all'],
        ['00002_create_pages', '00001_create_schema'],
      ],
    ] as const) {
      const asked = await commandIn(project.root, args, env);
      assert.equal(asked.code, 2);
      assert.deepEqual(
        [...asked.stderr.matchAll(/^-- migrations\/notes\/(\w+)\.sql$/gm)].map(([, file]) => file),
        files,
      );
      assert.match(asked.stderr, /^-- Of .* at 127\.0\.0\.1:\d+, as api this would be undone:\n/);
      assert.match(asked.stderr, /^DROP TABLE notes\.pages;$/m);
      assert.match(asked.stderr, /Say that it may: npm run migrate -- .* --yes\n$/);
    }
    assert.deepEqual(await project.query('SELECT count(*)::int FROM migrations.notes_version'), [2]);
  });

  test('shows each applied migration that is not as it was, and exits 1', async () => {
    await using project = await createProject({ ...NOTES, 'notes/00003_gone.sql': migration('SELECT 1;') });
    await project.up();
    await project.write('notes/00002_create_pages.sql', migration('CREATE TABLE notes.pages (id bigint);'));
    await project.remove('notes/00003_gone.sql');
    await project.query(
      `UPDATE migrations.notes_version SET checksum = NULL WHERE name = '00001_create_schema'`,
    );
    const { code, stdout, stderr } = await project.command(['status']);
    assert.equal(code, 1);
    assert.deepEqual(
      stdout.split('\n').map((line) => line.split(/ +/).filter((_, column) => column !== 3)),
      [
        ['MODULE', 'NUMBER', 'NAME', 'CHECKSUM'],
        ['notes', '00001', 'create_schema', 'unknown'],
        ['notes', '00002', 'create_pages', 'edited'],
        ['notes', '00003', 'gone', 'missing'],
        [''],
      ],
    );
    assert.equal(
      stderr,
      'migrations/notes/00002_create_pages.sql:1:1 was changed after it was applied to this database; put it back, and add a new migration instead.\n' +
        'migrations/notes/00003_gone.sql:1:1 was applied to this database, and its file is gone; put the file back.\n',
    );
    for (const args of [['up'], ['plan'], ['down', 'notes', '--yes']]) {
      const refused = await project.command(args);
      assert.deepEqual({ ...refused, stdout: '' }, { code: 1, stdout: '', stderr });
    }
  });

  test('refuses unsafe migrations before anything runs, with the safe way, and lets waived ones pass', async () => {
    const drop = 'ALTER TABLE notes.pages DROP COLUMN id;';
    await using project = await createProject({
      'notes/00001_create_schema.sql': NOTES['notes/00001_create_schema.sql'],
      'notes/00002_create_pages.sql': NOTES['notes/00002_create_pages.sql'].replace(
        'id int',
        'id integer PRIMARY KEY',
      ),
      'notes/00003_drop_id.sql': migration(drop, 'ALTER TABLE notes.pages ADD id integer;'),
      'notes/00004_empty.sql': migration('-- later'),
    });
    for (const command of ['up', 'plan']) {
      assert.deepEqual(await project.command([command]), {
        code: 1,
        stdout: '',
        stderr:
          'migrations/notes/00004_empty.sql:1:1 has no SQL below `-- Up Migration` yet; write it, or remove the file.\n',
      });
    }
    await project.remove('notes/00004_empty.sql');
    for (const args of [['up'], ['plan'], ['verify', '--files']]) {
      const { code, stdout, stderr } = await project.command(args);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^migrations\/notes\/00003_drop_id\.sql:3:\d+ ban-drop-column: .*Safe way: /);
    }
    assert.deepEqual(await project.query(UNTOUCHED), [0]);

    const waived = (reason: string): string =>
      migration(
        `-- lint-waive ban-drop-column:${reason}\n${drop}`,
        'ALTER TABLE notes.pages ADD id integer;',
      );
    await project.write('notes/00003_drop_id.sql', waived(''));
    const unreasoned = await project.command(['up']);
    assert.equal(unreasoned.code, 1);
    assert.match(unreasoned.stderr, /A waiver needs its reason/);
    assert.deepEqual(await project.query(UNTOUCHED), [0]);
    await project.write('notes/00003_drop_id.sql', waived(' nobody reads it since release 7'));
    assert.equal((await project.command(['up'])).code, 0);
  });

  test('undoes nothing that has no way back, and says why', async () => {
    await using project = await createProject({
      'notes/00001_create_schema.sql':
        '-- no-down: the notes are all there is\n-- Up Migration\nCREATE SCHEMA notes;\n',
    });
    await project.up();
    for (const args of [
      ['down', 'notes', '--yes'],
      ['redo', 'notes', '--yes'],
      ['down', '--all', '--yes'],
    ]) {
      assert.deepEqual(await project.command(args), {
        code: 1,
        stdout: '',
        stderr:
          'migrations/notes/00001_create_schema.sql:1:1 It has no way back: the notes are all there is.\n',
      });
    }
    assert.equal((await project.command(['status'])).code, 0);
  });

  test('writes a baseline only for a module without a history whose schema is there', async () => {
    await using project = await createProject(NOTES);
    const marks = ['baseline', 'notes', '--yes'];
    const unmade = await project.command(marks);
    assert.equal(unmade.code, 1);
    assert.match(unmade.stderr, /The database has no schema notes, .*; apply the migrations with up\.$/m);
    assert.deepEqual(await project.query(UNTOUCHED), [0]);
    await project.query('CREATE SCHEMA notes');
    assert.match((await project.command([...marks, '--to', '7'])).stderr, /There is no migration 00007/);
    assert.deepEqual(await project.query(UNTOUCHED), [1]);
    assert.equal(
      (await project.command([...marks, '--to', '00001'])).stdout,
      'marked notes 00001_create_schema\n',
    );
    const again = await project.command(marks);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /history up to 00001_create_schema/);
    assert.equal((await project.command(['up'])).stdout, 'applied notes 00002_create_pages\nApplied 1.\n');
    assert.equal((await project.command(['status'])).code, 0);
  });
});

suite('a wrong command line', () => {
  const url = 'postgres://u:hunter2@127.0.0.1:1/api';
  const cases: readonly (readonly [string, NodeJS.ProcessEnv, RegExp])[] = [
    ['', {}, /^Say what to do\.\n\nUsage/],
    ['sideways', {}, /^There is no command sideways\.\n\nUsage/],
    ['up --fast', {}, /^Unknown option '--fast'/],
    ['status --yes', {}, /^status does not take --yes\./],
    ['up one two', {}, /^up does not take two\./],
    ['redo', {}, /^Name the module: npm run migrate -- redo ticket --yes/],
    ['create ticket', {}, /^Name the module and what the migration does/],
    ['create Ticket add_notes', {}, /^A module is named in lower case/],
    ['up', {}, /^Set DATABASE_URL \(or MIGRATION_DATABASE_URL\)/],
    ['up', { DATABASE_URL: 'not a url' }, /^DATABASE_URL is not usable: set it to a PostgreSQL/],
    [
      'up',
      { DATABASE_URL: url, MIGRATION_DATABASE_URL: 'mysql://h' },
      /^MIGRATION_DATABASE_URL is not usable/,
    ],
    [
      'up',
      { DATABASE_URL: url },
      /^The database cannot be reached: .*ECONNREFUSED.*\nCheck MIGRATION_DATABASE_URL/,
    ],
    [
      'up',
      { DATABASE_URL: url, MIGRATION_LOCK_RETRIES: 'many' },
      /^MIGRATION_LOCK_RETRIES takes a whole number from 0 to 100\./,
    ],
    [
      'up --lock-timeout 5s',
      { DATABASE_URL: url },
      /^--lock-timeout takes a whole number of milliseconds from 0 to 600000\./,
    ],
    ['down', { DATABASE_URL: url }, /^Name the module whose last migration to undo/],
    ['down ticket', { DATABASE_URL: url }, /Say that it may: npm run migrate -- down ticket --yes\n$/],
    ['down --all', { DATABASE_URL: url }, /Say that it may: npm run migrate -- down --all --yes\n$/],
    ['redo ticket', { DATABASE_URL: url }, /Say that it may: npm run migrate -- redo ticket --yes\n$/],
    [
      'baseline ticket',
      { DATABASE_URL: url },
      /Say that they were: npm run migrate -- baseline ticket --yes\n$/,
    ],
    ['baseline ticket --yes --to last', { DATABASE_URL: url }, /^--to takes the number of a migration/],
  ];
  for (const [line, env, message] of cases) {
    test(`\`${line}\` with ${Object.keys(env).join(' and ') || 'nothing'} set is told what is wrong, and exits 2`, async () => {
      const { code, stdout, stderr } = await commandIn(
        import.meta.dirname,
        line.split(' ').filter((word) => word !== ''),
        env,
      );
      assert.equal(code, 2);
      assert.equal(withoutTimes(stdout), '');
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /hunter2|\bat .*\.ts:\d/);
    });
  }

  test('that names no module of the project exits 1', async () => {
    await using project = await createProject(NOTES);
    for (const args of [
      ['up', 'meals'],
      ['status', 'meals'],
      ['plan', 'meals'],
      ['down', 'meals', '--yes'],
    ]) {
      const { code, stderr } = await project.command(args);
      assert.equal(code, 1);
      assert.equal(stderr, 'migrations/meals:1:1 There is no such module; there is notes.\n');
    }
    assert.deepEqual(await project.query(UNTOUCHED), [0]);
  });

  test('asking for help is answered', async () => {
    const { code, stdout } = await commandIn(import.meta.dirname, ['--help'], {});
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: npm run migrate/);
  });
});
