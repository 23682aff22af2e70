import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseSyntax, syntaxChildren, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import { findingsIn, lintMigration } from '../../testing/lint-migration.ts';
import { ALTER_TABLE } from './alter-table.ts';
import { HAZARD_RULES } from './hazard.ts';
import { STATEMENTS } from './statements.ts';

/** Squawk says some things twice. */
const SAID_BESIDE: ReadonlySet<string> = new Set([
  'own-schema ban-drop-database',
  'transaction-nesting ban-uncommitted-transaction',
]);

const TABLE = 'ALTER TABLE meal_plan.meals';

/** Statements in an up part, by the rules that refuse them; '' for what is let through. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'SELECT 1',
    'SELECT setval($$meal_plan.s$$, 5)',
    'INSERT INTO meal_plan.meals (id) VALUES (1)',
    'UPDATE meal_plan.meals SET x = 1 WHERE x = 2',
    'DELETE FROM meal_plan.meals WHERE x = 2',
    'MERGE INTO meal_plan.meals AS m USING meal_plan.t AS t ON m.id = t.id WHEN MATCHED THEN DO NOTHING',
    'CALL meal_plan.p()',
    'CREATE SCHEMA IF NOT EXISTS meal_plan',
    'CREATE TABLE meal_plan.n (id int PRIMARY KEY)',
    'CREATE TABLE meal_plan.n AS SELECT 1 AS one',
    'CREATE FOREIGN TABLE meal_plan.n (id int) SERVER s',
    'CREATE VIEW meal_plan.v AS SELECT 1 AS one',
    'CREATE MATERIALIZED VIEW meal_plan.v AS SELECT 1 AS one',
    'CREATE SEQUENCE meal_plan.s',
    'CREATE FUNCTION meal_plan.f() RETURNS int LANGUAGE sql RETURN 1',
    'CREATE TRIGGER t BEFORE INSERT ON meal_plan.meals EXECUTE FUNCTION meal_plan.f()',
    'CREATE POLICY p ON meal_plan.meals USING (true)',
    `CREATE TYPE meal_plan.m AS ENUM ('a')`,
    'CREATE TYPE meal_plan.m AS (a int)',
    'CREATE TYPE meal_plan.m AS RANGE (subtype = int8)',
    'CREATE DOMAIN meal_plan.d AS text',
    'CREATE STATISTICS meal_plan.s ON a, b FROM meal_plan.meals',
    'CREATE EXTENSION pg_trgm SCHEMA public',
    'CREATE CAST (meal_plan.a AS text) WITH INOUT',
    `CREATE CONVERSION meal_plan.c FOR 'UTF8' TO 'LATIN1' FROM meal_plan.f`,
    'CREATE TRANSFORM FOR meal_plan.a LANGUAGE sql (FROM SQL WITH FUNCTION meal_plan.f(internal))',
    'CREATE OPERATOR CLASS meal_plan.o FOR TYPE int4 USING btree AS OPERATOR 1 <',
    'CREATE OPERATOR FAMILY meal_plan.o USING btree',
    'CREATE PUBLICATION p FOR TABLE meal_plan.meals',
    'CREATE AGGREGATE meal_plan.total (int) (sfunc = int4pl, stype = int)',
    'ALTER FUNCTION meal_plan.f() DEPENDS ON EXTENSION x',
    'ALTER TABLE meal_plan.meals OWNER TO api',
    'ALTER VIEW meal_plan.v OWNER TO api',
    'ALTER FUNCTION meal_plan.f() OWNER TO api',
    `ALTER TYPE meal_plan.m ADD VALUE 'b' AFTER 'a'`,
    'ALTER TYPE meal_plan.m ADD ATTRIBUTE b int',
    'ALTER DOMAIN meal_plan.d ADD CONSTRAINT c CHECK (value > 1) NOT VALID',
    'ALTER DOMAIN meal_plan.d VALIDATE CONSTRAINT c',
    'ALTER DOMAIN meal_plan.d SET DEFAULT 1',
    'ALTER SEQUENCE meal_plan.s CACHE 5',
    'ALTER TYPE meal_plan.base SET (STORAGE = plain)',
    'ALTER FUNCTION meal_plan.f() STABLE',
    'ALTER OPERATOR meal_plan.+ (int, int) SET (RESTRICT = NONE)',
    'ALTER OPERATOR FAMILY meal_plan.o USING btree ADD OPERATOR 1 < (int4, int4)',
    'ALTER STATISTICS meal_plan.s SET STATISTICS 100',
    'ALTER TEXT SEARCH DICTIONARY meal_plan.d (StopWords = x)',
    'ALTER TEXT SEARCH CONFIGURATION meal_plan.c ADD MAPPING FOR word WITH simple',
    'ALTER PUBLICATION p ADD TABLE meal_plan.meals',
    'ALTER EXTENSION pg_trgm UPDATE',
    `COMMENT ON TABLE meal_plan.meals IS 'x'`,
    `SECURITY LABEL ON TABLE meal_plan.meals IS 'x'`,
    'GRANT SELECT ON meal_plan.meals TO PUBLIC',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA meal_plan GRANT SELECT ON TABLES TO PUBLIC',
    'LOCK TABLE meal_plan.meals IN ROW EXCLUSIVE MODE',
    'ANALYZE meal_plan.meals',
    'SET CONSTRAINTS ALL DEFERRED',
    'SAVEPOINT a',
    `NOTIFY changed, 'schema'`,
    `SET LOCAL work_mem = '64MB'`,
    `SELECT set_config('work_mem', '64MB', true)`,
    'ALTER INDEX meal_plan.i RENAME TO j',
    'ALTER TRIGGER t ON meal_plan.meals RENAME TO u',
    'DROP STATISTICS meal_plan.s',
    // What the migration itself makes, it may change as it likes.
    'CREATE TABLE meal_plan.n (id int); ALTER TABLE meal_plan.n ENABLE ROW LEVEL SECURITY; UPDATE meal_plan.n SET id = 1; LOCK TABLE meal_plan.n; TRUNCATE meal_plan.n',
    'CREATE VIEW meal_plan.v AS SELECT 1 AS one; ALTER VIEW meal_plan.v RENAME TO w; DROP VIEW meal_plan.v',
    'CREATE FUNCTION meal_plan.f() RETURNS int LANGUAGE sql RETURN 1; REVOKE ALL ON FUNCTION meal_plan.f() FROM PUBLIC; DROP FUNCTION meal_plan.f()',
    `CREATE TYPE meal_plan.m AS ENUM ('a'); ALTER TYPE meal_plan.m RENAME VALUE 'a' TO 'b'; ALTER TYPE meal_plan.m ADD VALUE 'c' AFTER 'b'; SELECT 'c'::meal_plan.m`,
    'CREATE MATERIALIZED VIEW meal_plan.v AS SELECT 1 AS one WITH NO DATA; REFRESH MATERIALIZED VIEW meal_plan.v',
    'CREATE TABLE meal_plan.n (LIKE meal_plan.t); ALTER TABLE meal_plan.meals ATTACH PARTITION meal_plan.n DEFAULT',
    ...[
      'ADD COLUMN x int',
      'ADD COLUMN x int NOT NULL DEFAULT 1',
      'ADD COLUMN x int GENERATED ALWAYS AS (1) VIRTUAL',
      'ADD COLUMN x int GENERATED ALWAYS AS (1)',
      'ADD COLUMN x int CHECK (x > 0) NOT ENFORCED',
      'ALTER COLUMN x SET DEFAULT 1',
      'ALTER COLUMN x DROP DEFAULT',
      'ALTER COLUMN x DROP EXPRESSION',
      'ALTER COLUMN x SET STATISTICS 100',
      'ALTER COLUMN x SET (n_distinct = 5)',
      'ALTER COLUMN x RESET (n_distinct)',
      'ALTER COLUMN x SET STORAGE EXTERNAL',
      'ALTER COLUMN x SET COMPRESSION lz4',
      'ALTER COLUMN x ADD GENERATED ALWAYS AS IDENTITY',
      'ALTER COLUMN x SET GENERATED BY DEFAULT',
      'ALTER COLUMN x OPTIONS (ADD a $$b$$)',
      'ADD CONSTRAINT c CHECK (x > 0) NOT VALID',
      'ADD CONSTRAINT c CHECK (x > 0) NOT ENFORCED',
      'ADD CONSTRAINT c NOT NULL x NOT VALID',
      'ADD CONSTRAINT c UNIQUE USING INDEX i',
      'ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES meal_plan.t (id) NOT VALID',
      'ALTER CONSTRAINT c DEFERRABLE',
      'ALTER CONSTRAINT c NOT ENFORCED',
      'VALIDATE CONSTRAINT c',
      'DROP CONSTRAINT meals_x_check',
      'CLUSTER ON i',
      'SET WITHOUT CLUSTER',
      'SET WITHOUT OIDS',
      'SET (fillfactor = 70)',
      'RESET (fillfactor)',
      'ENABLE TRIGGER t',
      'ENABLE ALWAYS TRIGGER t',
      'ENABLE TRIGGER ALL',
      'ENABLE TRIGGER USER',
      'OF meal_plan.a',
      'NOT OF',
      'REPLICA IDENTITY FULL',
      'OPTIONS (ADD a $$b$$)',
      'DETACH PARTITION meal_plan.t FINALIZE',
    ].map((form) => `${TABLE} ${form}`),
  ],
  'adding-field-with-default': [
    `${TABLE} ADD COLUMN x uuid DEFAULT gen_random_uuid()`,
    `${TABLE} ADD COLUMN x int GENERATED ALWAYS AS (1) STORED`,
    `${TABLE} ADD COLUMN x int GENERATED ALWAYS AS IDENTITY`,
  ],
  'adding-required-field': [`${TABLE} ADD COLUMN x int NOT NULL`],
  'adding-not-nullable-field': [`${TABLE} ALTER COLUMN x SET NOT NULL`],
  'ban-drop-not-null': [`${TABLE} ALTER COLUMN x DROP NOT NULL`],
  'ban-drop-column': [`${TABLE} DROP COLUMN x`],
  'ban-drop-table': ['DROP TABLE meal_plan.meals'],
  'constraint-missing-not-valid': [
    `${TABLE} ADD CONSTRAINT c CHECK (x > 0)`,
    `${TABLE} ADD CONSTRAINT c NOT NULL x`,
    `${TABLE} ADD CONSTRAINT c EXCLUDE USING gist (x WITH =)`,
  ],
  'ban-alter-domain-with-add-constraint': ['ALTER DOMAIN meal_plan.d ADD CONSTRAINT c CHECK (value > 1)'],
  'changing-column-type': [`${TABLE} ALTER COLUMN x TYPE bigint`],
  'renaming-column': [`${TABLE} RENAME COLUMN x TO y`],
  'renaming-table': [`${TABLE} RENAME TO z`],
  'require-concurrent-index-creation': ['CREATE INDEX i ON meal_plan.meals (x)'],
  'require-concurrent-index-deletion': ['DROP INDEX meal_plan.i'],
  'require-concurrent-reindex': ['REINDEX TABLE meal_plan.meals'],
  'require-concurrent-partition-detach': [`${TABLE} DETACH PARTITION meal_plan.t`],
  'transaction-nesting': ['BEGIN', 'COMMIT', 'ROLLBACK'],
  'blocks-table': [
    `${TABLE} ADD COLUMN x int CHECK (x > 0)`,
    `${TABLE} ADD COLUMN y int, ADD COLUMN x int DEFAULT 1 CONSTRAINT positive CHECK (x > 0)`,
    `${TABLE} ALTER COLUMN x SET EXPRESSION AS (1)`,
    `${TABLE} ALTER CONSTRAINT c ENFORCED`,
    `${TABLE} SET LOGGED`,
    `${TABLE} SET ACCESS METHOD heap`,
    `${TABLE} SET TABLESPACE fast`,
    `${TABLE} INHERIT meal_plan.t`,
    `${TABLE} ATTACH PARTITION meal_plan.t DEFAULT`,
    'CREATE TABLE meal_plan.p PARTITION OF meal_plan.meals DEFAULT',
    'ALTER DOMAIN meal_plan.d SET NOT NULL',
    'CLUSTER meal_plan.meals',
    'VACUUM FULL meal_plan.meals',
    'REFRESH MATERIALIZED VIEW meal_plan.v',
    'LOCK TABLE meal_plan.meals',
    'LOCK TABLE meal_plan.meals IN SHARE MODE',
  ],
  'breaks-running-release': [
    `${TABLE} DROP CONSTRAINT meals_pkey`,
    `${TABLE} DROP CONSTRAINT meals_key CASCADE`,
    `${TABLE} RENAME CONSTRAINT a TO b`,
    `${TABLE} DISABLE TRIGGER t`,
    `${TABLE} DISABLE TRIGGER ALL`,
    `${TABLE} DISABLE TRIGGER USER`,
    `${TABLE} ENABLE REPLICA TRIGGER t`,
    `${TABLE} DISABLE RULE r`,
    `${TABLE} ENABLE RULE r`,
    `${TABLE} ENABLE ALWAYS RULE r`,
    `${TABLE} ENABLE REPLICA RULE r`,
    `${TABLE} NO INHERIT meal_plan.t`,
    `${TABLE} ENABLE ROW LEVEL SECURITY`,
    `${TABLE} DISABLE ROW LEVEL SECURITY`,
    `${TABLE} FORCE ROW LEVEL SECURITY`,
    `${TABLE} NO FORCE ROW LEVEL SECURITY`,
    `${TABLE} ALTER COLUMN x SET GENERATED ALWAYS`,
    `${TABLE} ALTER COLUMN x RESTART`,
    `${TABLE} ALTER COLUMN x DROP IDENTITY`,
    'ALTER VIEW meal_plan.v RENAME TO w',
    'ALTER MATERIALIZED VIEW meal_plan.v RENAME TO w',
    'ALTER SEQUENCE meal_plan.s RENAME TO w',
    'ALTER FUNCTION meal_plan.f() RENAME TO g',
    'ALTER PROCEDURE meal_plan.f() RENAME TO g',
    'ALTER TYPE meal_plan.m RENAME TO n',
    'ALTER TYPE meal_plan.m RENAME ATTRIBUTE a TO b',
    'ALTER DOMAIN meal_plan.m RENAME TO n',
    `ALTER TYPE meal_plan.m RENAME VALUE 'a' TO 'b'`,
    'ALTER TYPE meal_plan.m DROP ATTRIBUTE b',
    'ALTER TYPE meal_plan.m ALTER ATTRIBUTE b TYPE text',
    'ALTER DOMAIN meal_plan.d DROP NOT NULL',
    'ALTER SEQUENCE meal_plan.s RESTART',
    'ALTER POLICY p ON meal_plan.meals USING (false)',
    'CREATE POLICY p ON meal_plan.meals AS RESTRICTIVE USING (false)',
    'CREATE RULE r AS ON DELETE TO meal_plan.meals DO INSTEAD NOTHING',
    'REVOKE SELECT ON meal_plan.meals FROM PUBLIC',
    ...[
      'VIEW meal_plan.v',
      'FUNCTION meal_plan.f()',
      'PROCEDURE meal_plan.f()',
      'ROUTINE meal_plan.f()',
      'AGGREGATE meal_plan.f(int)',
      'TYPE meal_plan.m',
      'DOMAIN meal_plan.m',
      'FOREIGN TABLE meal_plan.t',
      'COLLATION meal_plan.c',
      'TRIGGER t ON meal_plan.meals',
      'POLICY t ON meal_plan.meals',
      'RULE t ON meal_plan.meals',
      'OPERATOR meal_plan.+ (int, int)',
      'CAST (meal_plan.a AS text)',
      'EXTENSION pg_trgm',
    ].map((what) => `DROP ${what}`),
  ],
  'change-without-where': [
    'UPDATE meal_plan.meals SET x = 1',
    'DELETE FROM meal_plan.meals',
    'WITH gone AS (DELETE FROM meal_plan.meals RETURNING id) SELECT id FROM gone',
  ],
  'drops-data': [
    'TRUNCATE meal_plan.meals',
    'DROP SCHEMA meal_plan',
    'DROP SCHEMA meal_plan CASCADE',
    'DROP MATERIALIZED VIEW meal_plan.v',
    'DROP SEQUENCE meal_plan.s',
    'DROP TYPE meal_plan.m CASCADE',
    'DROP VIEW meal_plan.v CASCADE',
    'DROP FUNCTION meal_plan.f() CASCADE',
    `${TABLE} SET UNLOGGED`,
  ],
  'changes-session': [
    'SET lock_timeout = 0',
    'SET LOCAL lock_timeout = 0',
    'RESET lock_timeout',
    'SET statement_timeout TO DEFAULT',
    'SET LOCAL statement_timeout = 0',
    'SET transaction_timeout = 0',
    'SET idle_in_transaction_session_timeout = 0',
    'SET ROLE chef',
    'SET LOCAL ROLE chef',
    'SET SESSION AUTHORIZATION chef',
    'RESET ROLE',
    'SET session_replication_role = replica',
    'SET LOCAL row_security = off',
    'RESET ALL',
    'DISCARD ALL',
    `SET work_mem = '64MB'`,
    `SELECT set_config('lock_timeout', '0', true)`,
    `SELECT pg_catalog.set_config('role', 'chef', false)`,
  ],
  'hidden-sql': [`DO $$ BEGIN EXECUTE 'DROP TABLE meal_plan.meals'; END $$`],
  'server-file': [
    `COPY meal_plan.meals FROM '/tmp/meals.csv'`,
    `COPY meal_plan.meals FROM PROGRAM 'curl x'`,
    `COPY meal_plan.meals TO '/tmp/meals.csv'`,
    `LOAD 'auto_explain'`,
    `SELECT pg_read_file('/etc/passwd')`,
  ],
  'not-in-a-migration': [
    'COPY meal_plan.meals FROM stdin',
    'VACUUM meal_plan.meals',
    `PREPARE TRANSACTION 'a'`,
    'CHECKPOINT',
    'LISTEN a',
    'UNLISTEN a',
    'DECLARE c CURSOR FOR SELECT 1',
    'CLOSE c',
    'FETCH c',
    'EXPLAIN SELECT 1',
    'SHOW work_mem',
    'PREPARE p AS SELECT 1',
    'EXECUTE p',
    'DEALLOCATE p',
    'ALTER EXTENSION pg_trgm DROP FUNCTION meal_plan.f()',
    'ALTER COLLATION meal_plan.c REFRESH VERSION',
    'IMPORT FOREIGN SCHEMA a FROM SERVER s INTO meal_plan',
    'DROP SERVER s',
  ],
  'own-schema': [
    'CREATE EXTENSION pg_trgm SCHEMA meal_plan',
    'ALTER FUNCTION meal_plan.f() SET SCHEMA ticket',
    'ALTER DATABASE api REFRESH COLLATION VERSION',
    'ALTER DATABASE api SET jit TO off',
    'ALTER DATABASE api CONNECTION LIMIT 5',
    'ALTER EVENT TRIGGER e DISABLE',
    'ALTER FOREIGN DATA WRAPPER f NO HANDLER',
    'ALTER SERVER s OPTIONS (ADD a $$b$$)',
    'ALTER ROLE chef SET jit TO off',
    'ALTER ROLE chef LOGIN',
    'ALTER SUBSCRIPTION s ENABLE',
    'ALTER SYSTEM SET jit TO off',
    'ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b',
    'ALTER TABLESPACE a SET (random_page_cost = 1)',
    'ALTER USER MAPPING FOR chef SERVER s OPTIONS (ADD a $$b$$)',
    'CREATE ACCESS METHOD a TYPE INDEX HANDLER h',
    'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION meal_plan.f()',
    'CREATE FOREIGN DATA WRAPPER f',
    'CREATE SERVER s FOREIGN DATA WRAPPER f',
    'CREATE LANGUAGE l HANDLER h',
    'CREATE ROLE chef',
    `CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p`,
    `CREATE TABLESPACE a LOCATION '/x'`,
    'CREATE USER MAPPING FOR chef SERVER s',
    'CREATE DATABASE d',
    'DROP OWNED BY chef',
    'DROP ROLE chef',
    'DROP SUBSCRIPTION s',
    'DROP TABLESPACE a',
    'DROP USER MAPPING FOR chef SERVER s',
    'DROP DATABASE d',
    'GRANT chef TO api',
    'REASSIGN OWNED BY api TO chef',
  ],
};

suite('every statement of PostgreSQL in a migration', { concurrency: true }, () => {
  for (const [rule, statements] of Object.entries(EXAMPLES)) {
    for (const statement of statements) {
      test(`${statement} ${rule === '' ? 'is let through' : `is refused by ${rule}`}`, async () => {
        const found = await findingsIn(`-- Up Migration\n${statement};\n\n-- Down Migration\nSELECT 1;\n`);
        assert.deepEqual(
          [...new Set(found.map((each) => each.rule))].filter((each) => !SAID_BESIDE.has(`${rule} ${each}`)),
          rule === '' ? [] : [rule],
        );
        for (const { message, rule: name } of found.filter((each) =>
          Object.hasOwn(HAZARD_RULES, each.rule),
        )) {
          assert.match(message, /Safe way: |Leave it out|apart from the migrations/, name);
        }
      });
    }
  }

  test('has a decision, and an example that keeps it', () => {
    const types = readFileSync(
      new URL('../../../../node_modules/@pgsql/types/types.d.ts', import.meta.url),
      'utf8',
    );
    const enums = readFileSync(
      new URL('../../../../node_modules/@pgsql/types/enums.d.ts', import.meta.url),
      'utf8',
    );
    const statements = [...types.matchAll(/interface (\w+Stmt)\b/g)].map(([, name = '']) => name);
    const forms = [...(/AlterTableType = ([^;]*)/.exec(enums)?.[1] ?? '').matchAll(/AT_\w+/g)].map(
      ([name]) => name,
    );
    assert.ok(statements.length > 100 && forms.length > 60);
    assert.deepEqual(Object.keys(STATEMENTS).toSorted(), statements.toSorted());
    assert.deepEqual(Object.keys(ALTER_TABLE).toSorted(), forms.toSorted());
    const examples = Object.values(EXAMPLES)
      .flat()
      .flatMap((text) => {
        const result = parseSyntax(text);
        assert.ok(result.ok, text);
        return result.statements.flatMap((statement) => walkSyntax(statement));
      });
    const shown = new Set([
      ...examples.map(({ kind }) => kind),
      ...examples
        .filter(({ kind }) => kind === 'AlterTableStmt')
        .flatMap((node) => syntaxChildren(node, 'cmds').map((part) => syntaxText(part, 'subtype'))),
    ]);
    for (const [name, decision] of [...Object.entries(STATEMENTS), ...Object.entries(ALTER_TABLE)]) {
      assert.ok(decision === 'never' || shown.has(name), name);
    }
  });
});

suite('a new value of an enumeration', { concurrency: true }, () => {
  const add = `ALTER TYPE meal_plan.kind ADD VALUE 'snack' AFTER 'lunch';`;
  const after = (statement: string): Promise<readonly string[]> =>
    lintMigration(`-- Up Migration\n${add}\n${statement};\n-- Down Migration\nSELECT 1;\n`);
  test('is not used in the file that adds it', async () => {
    const found = await Promise.all([
      after(`UPDATE meal_plan.meals SET kind = 'snack' WHERE id = 1`),
      after(`ALTER TABLE meal_plan.meals ALTER COLUMN kind SET DEFAULT 'snack'`),
      after(
        `CREATE FUNCTION meal_plan.f() RETURNS meal_plan.kind LANGUAGE sql AS $$ SELECT 'snack'::meal_plan.kind $$`,
      ),
      after(`INSERT INTO meal_plan.meals (id, kind) VALUES (1, 'lunch')`),
    ]);
    assert.deepEqual(found, [['enum-value-use 3:35'], ['enum-value-use 3:59'], ['enum-value-use 3:1'], []]);
  });
});
