import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findingsIn, lintMigration } from '../testing/lint-migration.ts';
import { commandIn } from '../testing/migration-project.ts';

const GOOD = `-- Up Migration
CREATE TABLE meal_plan.meals (id uuid PRIMARY KEY, name text NOT NULL);
CREATE INDEX meals_by_name ON meal_plan.meals (name);

-- Down Migration
DROP TABLE meal_plan.meals;
`;

// Together, so that they share runs of squawk.
suite('the lint of migrations', { concurrency: true }, () => {
  suite('unsafe statements', { concurrency: true }, () => {
    test('pass when they work on a table of the same migration, and in the way back', async () => {
      assert.deepEqual(await lintMigration(GOOD), []);
    });
    const planted: readonly (readonly [string, string, RegExp])[] = [
      [
        'CREATE INDEX i ON meal_plan.meals (name)',
        'require-concurrent-index-creation 2:1',
        /CREATE INDEX CONCURRENTLY/,
      ],
      ['DROP INDEX meal_plan.i', 'require-concurrent-index-deletion 2:1', /DROP INDEX CONCURRENTLY/],
      ['ALTER TABLE meal_plan.meals ADD COLUMN x text NOT NULL', 'adding-required-field 2:29', /NOT VALID/],
      [
        'ALTER TABLE meal_plan.meals ALTER COLUMN x SET NOT NULL',
        'adding-not-nullable-field 2:44',
        /VALIDATE CONSTRAINT/,
      ],
      [
        'ALTER TABLE meal_plan.meals ALTER COLUMN x TYPE bigint',
        'changing-column-type 2:44',
        /add a column of the new type/,
      ],
      ['ALTER TABLE meal_plan.meals RENAME COLUMN x TO y', 'renaming-column 2:29', /write both/],
      ['ALTER TABLE meal_plan.meals DROP COLUMN x', 'ban-drop-column 2:29', /stop using the column/],
      ['DROP TABLE meal_plan.meals', 'ban-drop-table 2:1', /stop using the table/],
      [
        'ALTER TABLE meal_plan.meals ADD CONSTRAINT c CHECK (x > 0)',
        'constraint-missing-not-valid 2:29',
        /NOT VALID/,
      ],
      ['ALTER TABLE meal_plan.meals ADD COLUMN at timestamp', 'prefer-timestamp-tz 2:43', /timestamptz/],
    ];
    for (const [statement, expected, way] of planted) {
      test(`${statement} is refused with the safe way to write it`, async () => {
        const text = `-- Up Migration\n${statement};\n\n-- Down Migration\nSELECT 1;\n`;
        const found = await findingsIn(text);
        assert.deepEqual(
          found.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`),
          [expected],
        );
        assert.match(found[0]?.message ?? '', way);
      });
    }
  });

  suite('the first migration', { concurrency: true }, () => {
    test('makes the schema of its module', async () => {
      const down = '\n-- Down Migration\nDROP SCHEMA meal_plan;\n';
      assert.deepEqual(
        await lintMigration(
          `-- Up Migration\nCREATE SCHEMA IF NOT EXISTS meal_plan;\n${down}`,
          '00001_create_schema',
        ),
        [],
      );
      assert.deepEqual(await lintMigration(GOOD, '00001_create_meals'), ['first-creates-schema 1:1']);
      assert.deepEqual(
        await lintMigration(`-- Up Migration\nCREATE SCHEMA dinner;\n${down}`, '00001_create_schema'),
        ['first-creates-schema 1:1', 'own-schema 2:1'],
      );
    });
  });

  suite('the schema of a module', { concurrency: true }, () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['CREATE TABLE meals (id uuid PRIMARY KEY)', ['own-schema 2:14']],
      ['CREATE TABLE ticket.meals (id uuid PRIMARY KEY)', ['own-schema 2:14']],
      ['CREATE TABLE meal_plan.meals (id uuid PRIMARY KEY, kind ticket.kind)', ['own-schema 2:57']],
      ['CREATE VIEW meal_plan.v AS SELECT r.id FROM ticket.tickets AS r', ['own-schema 2:45']],
      ['CREATE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 1', ['own-schema 2:1']],
      ['CREATE FUNCTION ticket.f() RETURNS integer LANGUAGE sql RETURN 1', ['own-schema 2:1']],
      ['DROP FUNCTION ticket.f()', ['own-schema 2:1']],
      [`CREATE TYPE ticket.kind AS ENUM ('a')`, ['own-schema 2:1']],
      ['DROP TYPE ticket.kind', ['own-schema 2:11']],
      ['DROP SCHEMA ticket', ['own-schema 2:1']],
      [`COMMENT ON TABLE ticket.tickets IS 'x'`, ['own-schema 2:1']],
      [`COMMENT ON COLUMN meal_plan.meals.id IS 'x'`, []],
      ['INSERT INTO ticket.tickets (id) VALUES (1)', ['own-schema 2:13']],
      [
        'CREATE TRIGGER t BEFORE UPDATE ON meal_plan.meals FOR EACH ROW EXECUTE FUNCTION ticket.f()',
        ['own-schema 2:1'],
      ],
      ['CREATE TRIGGER t BEFORE UPDATE ON meal_plan.meals FOR EACH ROW EXECUTE FUNCTION meal_plan.f()', []],
      ['GRANT USAGE ON SCHEMA ticket TO PUBLIC', ['own-schema 2:1']],
      ['GRANT USAGE ON SCHEMA meal_plan TO PUBLIC', []],
      ['GRANT SELECT ON ALL TABLES IN SCHEMA ticket TO PUBLIC', ['own-schema 2:1']],
      ['GRANT USAGE ON TYPE ticket.kind TO PUBLIC', ['own-schema 2:1']],
      ['ALTER DEFAULT PRIVILEGES IN SCHEMA ticket GRANT SELECT ON TABLES TO PUBLIC', ['own-schema 2:26']],
      ['ALTER SCHEMA ticket RENAME TO meal_plan', ['own-schema 2:1']],
      ['ALTER SCHEMA ticket OWNER TO api', ['own-schema 2:1']],
      ['ALTER TABLE meal_plan.meals SET SCHEMA ticket', ['own-schema 2:1']],
      ['ALTER FUNCTION meal_plan.f() SET SCHEMA ticket', ['own-schema 2:1']],
      ['ALTER TYPE ticket.kind RENAME TO sort', ['own-schema 2:1']],
      ['CREATE EXTENSION pg_trgm SCHEMA ticket', ['own-schema 2:1']],
      ['CREATE EXTENSION citext SCHEMA meal_plan', ['own-schema 2:1']],
      ['CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public', []],
      ['CREATE EXTENSION citext', []],
      ['CREATE TABLE meal_plan.mails (mail public.citext UNIQUE, other citext)', []],
      ['CREATE FUNCTION meal_plan.f(a text) RETURNS real LANGUAGE sql RETURN public.similarity(a, a)', []],
      ['CREATE TABLE public.meals (id int)', ['own-schema 2:14']],
      ["CREATE TYPE public.kind AS ENUM ('a')", ['own-schema 2:1']],
      ['CREATE POLICY p ON ticket.tickets USING (true)', ['own-schema 2:20']],
      ['CREATE SEQUENCE ticket.s', ['own-schema 2:17']],
      ['CREATE TYPE ticket.pair AS (a integer)', ['own-schema 2:13']],
      ['CREATE STATISTICS ticket.s ON a, b FROM meal_plan.meals', ['own-schema 2:1']],
      ['ALTER DOMAIN ticket.d SET NOT NULL', ['own-schema 2:1']],
      ['CREATE CAST (ticket.kind AS text) WITH INOUT', ['own-schema 2:14']],
      [
        'CREATE FUNCTION meal_plan.f(ticket.kind) RETURNS ticket.kind LANGUAGE sql RETURN NULL',
        ['own-schema 2:29', 'own-schema 2:50'],
      ],
      ['CALL ticket.p()', ['own-schema 2:6']],
      ['SET search_path TO meal_plan, ticket', ['own-schema 2:1']],
      ['CREATE PUBLICATION p FOR TABLES IN SCHEMA ticket', ['own-schema 2:43']],
      ['CREATE ROLE chef', ['own-schema 2:1']],
      ['ALTER DATABASE api SET jit TO off', ['own-schema 2:1']],
      ['REASSIGN OWNED BY api TO chef', ['own-schema 2:1']],
      [
        'CREATE TABLE meal_plan.m (id uuid REFERENCES ticket.tickets (id))',
        ['cross-module-foreign-key 2:46'],
      ],
      [
        'CREATE TABLE meal_plan.m (id uuid, FOREIGN KEY (id) REFERENCES ticket.tickets (id))',
        ['cross-module-foreign-key 2:64'],
      ],
      ['CREATE TABLE meal_plan.m (id uuid REFERENCES meal_plan.meals (id))', []],
    ];
    for (const [statement, expected] of cases) {
      test(`${statement} ${expected.length === 0 ? 'stays in it' : 'leaves it'}`, async () => {
        const found = await lintMigration(`-- Up Migration\n${statement};\n\n-- Down Migration\nSELECT 1;\n`);
        assert.deepEqual(
          found.filter((line) => /schema|module/.test(line)),
          expected,
        );
      });
    }
    test('can be named like any word', async () => {
      const found = await findingsIn(
        '-- Up Migration\nCREATE TABLE extension.things (id uuid PRIMARY KEY);\n\n-- Down Migration\nSELECT 1;\n',
      );
      assert.match(found[0]?.message ?? '', /^extension\.things is not of schema meal_plan/);
    });
    test('is kept in the way back too', async () => {
      assert.deepEqual(
        await lintMigration(GOOD.replace('DROP TABLE meal_plan.meals', 'DROP TABLE ticket.meals')),
        ['own-schema 6:1'],
      );
    });
  });

  suite('the way back', { concurrency: true }, () => {
    const up = '-- Up Migration\nCREATE TABLE meal_plan.meals (id uuid PRIMARY KEY);\n';
    test('is there, or it is said why not', async () => {
      assert.deepEqual(await lintMigration(up), ['way-back 1:1']);
      assert.deepEqual(await lintMigration(`${up}\n-- Down Migration\n`), ['way-back 1:1']);
      assert.deepEqual(await lintMigration(`-- no-down: the rows cannot be told apart again\n${up}`), []);
    });
    test('is not excused without a reason, nor when it is there', async () => {
      assert.deepEqual(await lintMigration(`-- no-down\n${up}`), ['way-back 1:1']);
      assert.deepEqual(await lintMigration(`-- no-down: lost\n${GOOD}`), ['way-back 1:1']);
    });
  });

  suite('transactions', { concurrency: true }, () => {
    const concurrent = `-- no-transaction
-- Up Migration
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON meal_plan.meals (name);

-- Down Migration
DROP INDEX CONCURRENTLY IF EXISTS meal_plan.i;
`;
    test('are left out for CONCURRENTLY alone', async () => {
      assert.deepEqual(await lintMigration(concurrent), []);
      assert.deepEqual(await lintMigration(`-- no-transaction\n${GOOD}`), [
        'outside-transaction 3:1',
        'outside-transaction 4:1',
        'require-concurrent-index-creation 4:1',
        'outside-transaction 7:1',
      ]);
    });
    test('cannot hold CONCURRENTLY', async () => {
      assert.deepEqual(await lintMigration(concurrent.replace('-- no-transaction\n', '')), [
        'outside-transaction 2:1',
        'outside-transaction 5:1',
      ]);
    });
    test('are left out for one statement at a time', async () => {
      const twice = concurrent.replace(
        '\n-- Down',
        'CREATE INDEX CONCURRENTLY IF NOT EXISTS j ON meal_plan.meals (id);\n\n-- Down',
      );
      assert.deepEqual(await lintMigration(twice), ['outside-transaction 4:1']);
    });
    test('are the runner’s, not the migration’s', async () => {
      const found = await lintMigration(
        '-- Up Migration\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- Down Migration\nSELECT 1;\n',
      );
      assert.ok(found.includes('transaction-nesting 2:1'), found.join());
    });
  });

  suite('a waiver in a migration', { concurrency: true }, () => {
    const drop = 'ALTER TABLE meal_plan.meals DROP COLUMN x;\n';
    const down = '-- Down Migration\nSELECT 1;\n';
    const reason = '-- lint-waive ban-drop-column: unused since 2.1\n';
    test('silences the statement below it, and no other', async () => {
      assert.deepEqual(await lintMigration(`-- Up Migration\n${reason}${drop}${down}`), []);
      assert.deepEqual(await lintMigration(`-- Up Migration\n${reason}${drop}${drop}${down}`), [
        'ban-drop-column 4:29',
      ]);
    });
    test('silences the file when it stands above the up part', async () => {
      assert.deepEqual(await lintMigration(`${reason}-- Up Migration\n${drop}${drop}${down}`), []);
    });
    test('needs a reason and something to silence', async () => {
      assert.deepEqual(
        await lintMigration(`-- Up Migration\n-- lint-waive ban-drop-column\n${drop}${down}`),
        ['lint-waiver 2:1', 'ban-drop-column 3:29'],
      );
      assert.deepEqual(await lintMigration(`-- lint-waive ban-drop-column: unused\n${GOOD}`), [
        'lint-waiver 1:1',
      ]);
    });
    test('is not written in squawk’s own way', async () => {
      assert.deepEqual(
        await lintMigration(`-- Up Migration\n-- squawk-ignore ban-drop-column\n${drop}${down}`),
        ['waiver-form 2:1', 'ban-drop-column 3:29'],
      );
    });
  });

  suite('the command', { concurrency: true }, () => {
    test('reads the folders, says all of it, and ends with 0 or 1', async (context) => {
      const root = await mkdtemp(join(tmpdir(), 'migrations-lint-'));
      context.after(() => rm(root, { recursive: true }));
      const folder = join(root, 'migrations/meal-plan');
      await mkdir(folder, { recursive: true });
      await writeFile(
        join(folder, '00001_create_schema.sql'),
        '-- Up Migration\nCREATE SCHEMA meal_plan;\n-- Down Migration\nDROP SCHEMA meal_plan;\n',
      );
      const verify = () => commandIn(root, ['verify', '--files'], {});
      assert.equal((await verify()).code, 0);
      await writeFile(join(folder, '00002_x.sql'), '-- Up Migration\r\nDROP TABEL x;\r\n');
      const { code, stderr } = await verify();
      assert.deepEqual(
        stderr.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')),
        [
          'migrations/meal-plan/00002_x.sql:1:1 way-back:',
          'migrations/meal-plan/00002_x.sql:2:6 migration-syntax:',
          '',
        ],
      );
      assert.equal(code, 1);
    });
  });
});
