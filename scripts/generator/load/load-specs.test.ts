import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { loadSpecs } from './load-specs.ts';
import type { LoadedSpecs } from './load-specs.ts';

async function load(files: Readonly<Record<string, string>>): Promise<LoadedSpecs> {
  const root = await mkdtemp(join(tmpdir(), 'chompardo-load-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    return await loadSpecs(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('each folder but common is a module, sorted by name', async () => {
  const { specs, diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/recipe/openapi.yaml': 'a: 1',
    'specs/meal-plan/openapi.yaml': 'a: 1',
    'specs/common/nested/components.yaml': 'a: 1',
    'specs/recipe/notes.txt': 'not a spec',
  });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    specs.modules.map(({ name }) => name),
    ['meal-plan', 'recipe'],
  );
  assert.equal(specs.root?.file, 'specs/openapi.yaml');
  assert.deepEqual(
    [...specs.documents.values()].map(({ home }) => home),
    ['common', 'meal-plan', '', 'recipe'],
  );
});

test('a project without specs is told to write the root document', async () => {
  const { diagnostics } = await load({});
  assert.deepEqual(
    diagnostics.map(({ rule, at }) => `${at.file} ${rule}`),
    ['specs/openapi.yaml root-document'],
  );
});

test('a folder that cannot name a module and one without a contract are told', async () => {
  const { diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/Meal_Plan/openapi.yaml': 'a: 1',
    'specs/shared/components.yaml': 'a: 1',
    'specs/queries/openapi.yaml': 'a: 1',
  });
  assert.deepEqual(diagnostics.map(({ rule, at }) => `${at.file} ${rule}`).toSorted(), [
    'specs/Meal_Plan/openapi.yaml module-name',
    'specs/queries/openapi.yaml module-name',
    'specs/shared/components.yaml module-document',
  ]);
});

test('a broken file is told with its place, and the others are loaded', async () => {
  const { specs, diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/recipe/openapi.yaml': 'a: 1\n  b: 2',
  });
  assert.deepEqual(
    diagnostics.map(({ rule, at }) => `${rule} ${at.file}:${at.line}:${at.column}`),
    ['yaml-syntax specs/recipe/openapi.yaml:1:4'],
  );
  assert.deepEqual([...specs.brokenFiles], ['specs/recipe/openapi.yaml']);
  assert.equal(specs.documents.size, 1);
});
