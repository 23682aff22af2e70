import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createMigration } from './create-migration.ts';
import { lintMigrations } from './lint/lint-migrations.ts';
import { parseMigrationText } from './lint/migration-text.ts';
import { readMigrations } from './read-migrations.ts';

test('a new migration is numbered after the last one, and the first makes the schema', async () => {
  const root = await mkdtemp(join(tmpdir(), 'create-'));
  try {
    const first = await createMigration({ root, module: 'meal-plan', name: 'create_schema' });
    assert.equal(first, 'migrations/meal-plan/00001_create_schema.sql');
    assert.match(await readFile(join(root, first), 'utf8'), /^CREATE SCHEMA IF NOT EXISTS meal_plan;$/m);
    const second = await createMigration({ root, module: 'meal-plan', name: 'add_notes' });
    assert.equal(second, 'migrations/meal-plan/00002_add_notes.sql');
    const [module] = await readMigrations(root);
    assert.deepEqual(
      module?.migrations.map(({ name, number, down }) => ({ name, number, isReversible: down !== null })),
      [
        { name: '00001_create_schema', number: 1, isReversible: true },
        // Until its way back is written.
        { name: '00002_add_notes', number: 2, isReversible: false },
      ],
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('a schema whose name is a word of SQL is quoted, and one that PostgreSQL keeps is refused', async () => {
  const root = await mkdtemp(join(tmpdir(), 'create-'));
  try {
    for (const [module, schema] of Object.entries(SCHEMAS)) {
      const file = await createMigration({ root, module, name: 'create_schema' });
      const text = await readFile(join(root, file), 'utf8');
      assert.ok(text.includes(`CREATE SCHEMA IF NOT EXISTS ${schema};`), text);
      assert.ok(text.includes(`DROP SCHEMA IF EXISTS ${schema};`), text);
      assert.deepEqual(
        (await lintMigrations([parseMigrationText(file, text)])).map(({ message }) => message),
        [],
        module,
      );
    }
    for (const module of ['pg-stat', 'public', 'migrations', 'information-schema', 'a'.repeat(56)]) {
      await assert.rejects(createMigration({ root, module, name: 'create_schema' }), {
        name: 'MigrationImpossibleError',
        message: new RegExp(`^A module cannot be named ${module}: .*\\. Take another name\\.$`),
      });
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

/** Of each module, its schema as SQL writes it. */
const SCHEMAS = {
  order: '"order"',
  user: '"user"',
  group: '"group"',
  table: '"table"',
  select: '"select"',
  end: '"end"',
  authorization: '"authorization"',
  'current-user': '"current_user"',
  recipe: 'recipe',
  'meal-plan': 'meal_plan',
  name: 'name',
  type: 'type',
  role: 'role',
};
