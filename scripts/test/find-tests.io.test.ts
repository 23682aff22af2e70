import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { findTests, needsDatabase } from './find-tests.ts';

suite('the files that a test run takes', () => {
  let root: string;
  const find = (patterns: readonly string[], unitOnly = false) => findTests({ root, patterns, unitOnly });

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'find-'));
    for (const file of [
      'src/b.db.test.ts',
      'src/a/a.test.ts',
      'src/a/a.http.test.ts',
      'src/a/a.ts',
      'src/a/a.types.ts',
      'scripts/generator/testdata/accepted/x.test.ts',
      'scripts/new/template/src/x.test.ts',
      'scripts/tool.io.test.ts',
      'sdk/node_modules/x/y.test.ts',
      'examples/web/z.test.ts',
    ]) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), '');
    }
  });

  after(() => rm(root, { recursive: true, force: true }));

  test('are those of src, scripts, sdk and tests, but not of test data, templates or packages', async () => {
    assert.deepEqual(await find([]), {
      unit: ['src/a/a.test.ts'],
      isolated: ['scripts/tool.io.test.ts', 'src/a/a.http.test.ts', 'src/b.db.test.ts'],
    });
  });

  test('are narrowed by file, folder or part of a path', async () => {
    assert.deepEqual(await find(['src/a/a.test.ts']), { unit: ['src/a/a.test.ts'], isolated: [] });
    assert.deepEqual(await find(['./src/a/']), {
      unit: ['src/a/a.test.ts'],
      isolated: ['src/a/a.http.test.ts'],
    });
    assert.deepEqual(await find(['tool', 'b.db']), {
      unit: [],
      isolated: ['scripts/tool.io.test.ts', 'src/b.db.test.ts'],
    });
    assert.deepEqual(await find(['nowhere']), { unit: [], isolated: [] });
  });

  test('need no server when they are unit tests', async () => {
    assert.deepEqual(await find([], true), { unit: ['src/a/a.test.ts'], isolated: [] });
    assert.equal(needsDatabase(await find([], true)), false);
    assert.equal(needsDatabase(await find(['tool'])), false);
    assert.equal(needsDatabase(await find([])), true);
  });
});
