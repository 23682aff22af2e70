import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { loadSpecs } from '../load/load-specs.ts';
import { isObject } from '../load/json-value.ts';
import { transformDocument } from '../load/walk-document.ts';
import { bundleModule } from '../redocly/bundle-module.ts';
import { PROJECT, REDOCLY_CONFIG } from '../testing/check-types.ts';
import { corpusCase } from '../testing/corpus.ts';
import { runRedocly } from '../testing/run-redocly.ts';
import { compileContract } from './compile-contract.ts';
import { SERVER_RUNTIME } from './server-runtime.ts';
import type { JsonValue } from './contract.ts';

/** Projects that differ in what is joined: several modules, shared components, texts of all kinds; and this one. */
const ROOTS = [
  'several-modules',
  'kitchen-sink',
  'reusable-components',
  'shared-problem',
  'hostile-text',
].map((name) => corpusCase(name).root);

/** What `redocly join` makes of the same documents, without what it adds for its own pages. */
async function joinedByRedocly(documents: readonly JsonValue[]): Promise<JsonValue> {
  const folder = await mkdtemp(path.join(tmpdir(), 'join-'));
  try {
    const files = documents.map((_, index) => `${index}.json`);
    await Promise.all(
      documents.map((document, index) =>
        writeFile(path.join(folder, `${index}.json`), JSON.stringify(document)),
      ),
    );
    await runRedocly(folder, ['join', ...files, '--output', 'joined.json']);
    const joined: JsonValue = JSON.parse(await readFile(path.join(folder, 'joined.json'), 'utf8'));
    return transformDocument(joined, 'openapi', (_kind, object) => {
      const { 'x-tagGroups': _groups, 'x-displayName': _name, ...rest } = object;
      return rest;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

suite('the published document is what redocly join makes of the same documents', { concurrency: 2 }, () => {
  for (const root of [...ROOTS, PROJECT]) {
    test(path.basename(root), async () => {
      // Their credentials are those of tests.
      const runtime = { ...SERVER_RUNTIME, schemes: null };
      const compiled = await compileContract({ root, redoclyConfig: REDOCLY_CONFIG, runtime });
      assert.ok(compiled.ok);
      const { specs } = loadSpecs(root);
      assert.ok(specs.root);
      const rootDocument = await bundleModule(root, specs, specs.root, new Set());
      const modules = compiled.contract.modules.map(({ document }) => document);
      const joined = await joinedByRedocly([rootDocument, ...modules]);
      assert.deepEqual(compiled.joined, joined);
      // The order of keys is the order in the published text.
      assert.deepEqual(Object.keys(compiled.joined), Object.keys(isObject(joined) ? joined : {}));
    });
  }
});
