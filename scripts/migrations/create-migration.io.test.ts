import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createMigration } from './create-migration.ts';
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
