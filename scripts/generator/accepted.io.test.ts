import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';

import { parse } from 'yaml';

import { emitContract } from './emit/emit-contract.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { checkTypes, looseTypes } from './testing/check-types.ts';
import { compileCase, corpus, type CorpusCase, corpusCase } from './testing/corpus.ts';
import { applyWrites } from './write/apply-writes.ts';
import type { GeneratedFile } from './write/generated-file.ts';
import { planWrites } from './write/plan-writes.ts';
import { readOwned } from './write/read-owned.ts';
import { reportStale } from './write/report-stale.ts';

// Rewrites what is expected; read the diff before you commit it.
// oxlint-disable-next-line node/no-process-env -- a switch of the command line, not configuration
const isUpdating = process.env['UPDATE_CORPUS'] === '1';

async function emitCase(contract: CorpusCase): Promise<readonly GeneratedFile[]> {
  const compiled = await compileCase(contract);
  if (compiled.ok) return emitContract(compiled.contract, compiled.joined);
  return assert.fail(`refused:\n${compiled.diagnostics.map(formatDiagnostic).join('\n')}`);
}

suite('accepted specs', { concurrency: 2 }, () => {
  for (const contract of corpus) {
    const { name, root, expected } = contract;
    test(`${name} gives exactly its expected files`, async () => {
      const plan = planWrites(await emitCase(contract), await readOwned(expected));
      if (isUpdating) {
        await applyWrites(expected, plan);
        await rm(path.join(expected, '.cache'), { recursive: true, force: true });
        return;
      }
      assert.equal(reportStale(plan).join('\n'), '');
      assert.ok(plan.unchanged.length >= 5);
    });

    test(`${name} says on its first line what it proves`, async () => {
      const text = await readFile(path.join(root, 'specs', 'openapi.yaml'), 'utf8');
      assert.match(text, /^# \S.{20,}\.\n/);
    });
  }

  test('there are as many cases as there should at least be', () => assert.ok(corpus.length >= 20));
});

suite('expected files', () => {
  test('compile with the strict flags of the project', async () => {
    assert.equal(
      await checkTypes(path.join(import.meta.dirname, 'testdata', 'accepted', 'tsconfig.json')),
      '',
    );
  });

  for (const { name, expected } of corpus) {
    test(`of ${name}: openapi.yaml and openapi.json say the same`, async () => {
      const folder = path.join(expected, 'generated');
      const { 'x-generated': _header, ...json } = JSON.parse(
        await readFile(path.join(folder, 'openapi.json'), 'utf8'),
      );
      assert.deepEqual(parse(await readFile(path.join(folder, 'openapi.yaml'), 'utf8')), json);
    });
  }

  test('hold neither any nor unknown', async () => {
    const trees = await Promise.all(corpus.map(({ expected }) => readOwned(expected)));
    const sources = trees.flat().filter((file) => file.path.endsWith('.ts'));
    assert.ok(sources.length >= corpus.length * 2);
    assert.deepEqual(
      sources.flatMap((file) => looseTypes(file.text)),
      [],
    );
  });
});

test('the same specs give the same bytes, wherever they lie and in whatever order their files were made', async () => {
  const source = corpusCase('several-modules');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'corpus-'));
  try {
    const files = (await readdir(source.root, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && entry.parentPath.includes(`${path.sep}specs`),
    );
    for (const entry of files.toReversed()) {
      const from = path.join(entry.parentPath, entry.name);
      await cp(from, path.join(folder, path.relative(source.root, from)), { recursive: true });
    }
    const [first, second, third] = [
      await emitCase(source),
      await emitCase(source),
      await emitCase({ ...source, root: folder }),
    ];
    assert.deepEqual(second, first);
    assert.deepEqual(third, first);
  } finally {
    await rm(folder, { recursive: true });
  }
});
