import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { isBesideSources, STAGE_SOURCES } from './stage-inputs.ts';

const PROJECT = path.resolve(import.meta.dirname, '..', '..', '..');

/** Every file of the project that a file leads to by import, itself included, as paths of the project. */
async function reachable(entry: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = await readFile(path.join(PROJECT, entry), 'utf8');
  // The templates of emitters hold imports of what they emit: those stand below the first declaration.
  const [head = ''] = text.split(
    /^(?:export )?(?:async |abstract )?(?:const|class|function|interface|type \w)/m,
    1,
  );
  const loaded = [
    ...head.matchAll(/^(?:import|export)\b[^';]*from '([.#][^']+)'/gm),
    ...text.matchAll(/import\('([.#][^']+)'/g),
  ];
  for (const [, specifier = ''] of loaded) {
    const target = specifier.startsWith('#kernel/')
      ? path.join('src', specifier.slice(1))
      : path.join(path.dirname(entry), specifier);
    await reachable(target, seen);
  }
  return seen;
}

const ENTRIES = {
  contract: [
    'scripts/generator/contract/compile-contract.ts',
    'scripts/generator/emit/emit-document.ts',
    'scripts/generator/emit/emit-handlers.ts',
    'scripts/generator/emit/emit-operations.ts',
    'scripts/generator/emit/emit-schemas.ts',
    'scripts/generator/sdk/emit-sdk.ts',
  ],
  queries: ['scripts/queries/generate/generate-queries.ts'],
} as const;

function isBelow(file: string, sources: readonly string[]): boolean {
  return sources.some((source) => file === source || file.startsWith(`${source}/`));
}

suite('stage inputs', () => {
  for (const stage of ['contract', 'queries'] as const) {
    test(`the cache of the ${stage} stage depends on every source that the stage runs`, async () => {
      const files = new Set<string>();
      for (const entry of ENTRIES[stage]) await reachable(entry, files);
      assert.ok(files.size > 10);
      assert.deepEqual(
        [...files].filter((file) => isBesideSources(file) || !isBelow(file, STAGE_SOURCES[stage])),
        [],
      );
    });
  }
});
