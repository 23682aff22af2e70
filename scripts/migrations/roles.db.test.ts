import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { DatabaseError } from 'pg';
import { NOTES, createProject, query } from './testing/migration-project.ts';
import { ROLES, makeRoles } from './testing/two-roles.ts';

async function stateOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof DatabaseError, String(error));
    return error.code;
  }
}

suite('two roles', () => {
  test('the owner migrates, the application works with rows and cannot change the schema', async () => {
    await using project = await createProject({
      ...NOTES,
      'notes/00003_fill.sql': `-- Up Migration
CREATE TABLE notes.tags (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tag text);
CREATE FUNCTION notes.one() RETURNS integer LANGUAGE sql RETURN 1;
CREATE TYPE notes.mood AS ENUM ('good');
-- Down Migration
DROP TYPE notes.mood;
DROP FUNCTION notes.one();
DROP TABLE notes.tags;
`,
    });
    await using roles = await makeRoles(project);
    const { ownerUrl, appUrl } = roles;
    const env = { DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: ownerUrl };

    const tooWeak = await project.command(['up'], { DATABASE_URL: appUrl });
    assert.equal(tooWeak.code, 1);
    assert.match(
      tooWeak.stderr,
      /permission denied for database .* \(SQLSTATE 42501\)\. Migrate as the role that owns the schemas: set MIGRATION_DATABASE_URL\. Nothing was applied\./,
    );
    assert.equal((await project.command(['up'], env)).code, 0);
    // Neither needs the owner.
    assert.equal((await project.command(['status'], { DATABASE_URL: appUrl })).code, 0);
    assert.equal((await project.command(['up'], { DATABASE_URL: appUrl })).code, 0);

    assert.deepEqual(
      await query(
        appUrl,
        `INSERT INTO notes.tags (tag) VALUES ('a'); UPDATE notes.tags SET tag = 'b'; DELETE FROM notes.tags;
         SELECT notes.one()::text || 'good'::notes.mood`,
      ),
      ['1good'],
    );
    assert.deepEqual(await query(appUrl, 'SHOW statement_timeout'), ['5s']);
    for (const statement of [
      'CREATE TABLE notes.mine ()',
      'CREATE TABLE public.mine ()',
      'CREATE SCHEMA mine',
      'CREATE TEMPORARY TABLE mine ()',
      'ALTER TABLE notes.tags ADD mine text',
      'DROP TABLE notes.tags',
      'TRUNCATE notes.tags',
      'CREATE INDEX ON notes.tags (tag)',
      `UPDATE migrations.notes_version SET checksum = 'x'`,
      'DELETE FROM migrations.notes_version',
      `INSERT INTO migrations.unfinished VALUES ('a', 'b')`,
    ]) {
      assert.equal(await stateOf(query(appUrl, statement)), '42501', statement);
    }
    await query(ownerUrl, `REVOKE USAGE ON SCHEMA migrations FROM ${new URL(appUrl).username}`);
    for (const command of ['status', 'plan', 'up']) {
      assert.deepEqual(await project.command([command], { DATABASE_URL: appUrl }), {
        code: 2,
        stdout: '',
        stderr:
          'The role may not read the version tables: set MIGRATION_DATABASE_URL to the owner’s connection string.\n',
      });
    }
    // What the roles were given is no drift.
    const verified = await project.verify(ownerUrl);
    assert.deepEqual({ code: verified.code, stderr: verified.stderr }, { code: 0, stderr: '' });
  });

  test('take a database over that the application migrated until now', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    await using roles = await makeRoles(project);
    const owner = new URL(roles.ownerUrl).username;
    // REASSIGN would take what role api owns in other databases along; here it is named.
    await query(
      project.adminUrl,
      `ALTER SCHEMA notes OWNER TO ${owner}; ALTER TABLE notes.pages OWNER TO ${owner}; ALTER SCHEMA migrations OWNER TO ${owner};
       ALTER TABLE migrations.notes_version OWNER TO ${owner}; ALTER TABLE migrations.unfinished OWNER TO ${owner}`,
    );
    const sql = await readFile(ROLES, 'utf8');
    const app = new URL(roles.appUrl).username;
    await query(project.adminUrl, `SET roles.owner TO ${owner}; SET roles.app TO ${app};\n${sql}`);
    assert.deepEqual(await query(roles.appUrl, 'INSERT INTO notes.pages VALUES (1) RETURNING id'), [1]);
    assert.equal(await stateOf(query(roles.appUrl, 'DROP TABLE notes.pages')), '42501');
    assert.equal((await project.command(['status'], { DATABASE_URL: roles.appUrl })).code, 0);
    await project.write(
      'notes/00003_add_title.sql',
      '-- no-down: test\n-- Up Migration\nALTER TABLE notes.pages ADD title text;\n',
    );
    assert.equal((await project.command(['up'], { DATABASE_URL: roles.ownerUrl })).code, 0);
    assert.equal(await stateOf(query(roles.appUrl, 'DELETE FROM migrations.notes_version')), '42501');
  });
});
