import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';

import { fingerprint } from './fingerprint.ts';
import { cachedStage, type StageResult } from './result-cache.ts';

suite('cachedStage', () => {
  let root: string;
  let input: string;
  let entry: string;
  let computed: number;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'result-cache-'));
    input = path.join(root, 'input.txt');
    entry = path.join(root, '.cache/generate/stage.json');
    computed = 0;
    await writeFile(input, 'one');
  });
  afterEach(() => rm(root, { recursive: true }));

  const upperCase = async (): Promise<StageResult<string>> => {
    computed += 1;
    return {
      ok: true,
      files: [{ path: 'generated/a.ts', text: (await readFile(input, 'utf8')).toUpperCase() }],
    };
  };
  const stage = async (compute = upperCase): Promise<string> => {
    const takeFingerprint = () => fingerprint([{ root, paths: ['input.txt'] }]);
    const result = await cachedStage({ root, name: 'stage', takeFingerprint, compute });
    return result.ok ? result.files.map((file) => file.text).join('') : result.diagnostics.join('');
  };

  test('computes once while the input stays the same', async () => {
    assert.deepEqual([await stage(), await stage(), computed], ['ONE', 'ONE', 1]);
  });

  test('computes again when the input changes, and again when it changes back', async () => {
    await stage();
    await writeFile(input, 'two');
    assert.equal(await stage(), 'TWO');
    await writeFile(input, 'one');
    assert.equal(await stage(), 'ONE');
    assert.equal(computed, 3);
  });

  for (const [what, damage] of [
    ['cut short', (text: string) => text.slice(0, -9)],
    ['empty', () => ''],
    ['of another shape', () => '{"key":1,"files":{}}'],
    ['altered in its text', (text: string) => text.replace('ONE', 'EVIL')],
    ['altered in a path', (text: string) => text.replace('generated/a.ts', 'generated/b.ts')],
  ] as const) {
    test(`computes again when the entry is ${what}`, async () => {
      await stage();
      await writeFile(entry, damage(await readFile(entry, 'utf8')));
      assert.deepEqual([await stage(), computed], ['ONE', 2]);
      assert.deepEqual([await stage(), computed], ['ONE', 2]);
    });
  }

  test('gives the result also where nothing can be kept', async () => {
    await writeFile(path.join(root, '.cache'), 'a file where a folder must be');
    assert.deepEqual([await stage(), await stage(), computed], ['ONE', 'ONE', 2]);
  });

  test('does not keep findings', async () => {
    assert.equal(await stage(() => Promise.resolve({ ok: false, diagnostics: ['wrong'] })), 'wrong');
    assert.equal(await stage(), 'ONE');
  });

  test('does not keep a result whose input changed meanwhile, even back to the same bytes', async () => {
    const result = await stage(async () => {
      await writeFile(input, 'two');
      const made = await upperCase();
      await writeFile(input, 'one');
      return made;
    });
    assert.equal(result, 'TWO');
    assert.equal(await stage(), 'ONE');
  });

  test('keeps a result later where it is asked to, unless an input changed until then', async () => {
    const postponed: (() => Promise<void>)[] = [];
    const later = (keep: () => Promise<void>) => void postponed.push(keep);
    const postpone = () =>
      cachedStage({
        root,
        name: 'stage',
        takeFingerprint: () => fingerprint([{ root, paths: ['input.txt'] }]),
        compute: upperCase,
        later,
      });
    for (const change of ['two', undefined]) {
      await postpone();
      assert.deepEqual(await readdir(root), ['input.txt']);
      if (change !== undefined) await writeFile(input, change);
      await postponed.at(-1)?.();
    }
    assert.deepEqual([await stage(), computed], ['TWO', 2]);
  });

  test('leaves one file a stage and no temporary ones', async () => {
    await Promise.all([stage(), stage(), stage()]);
    assert.deepEqual(await readdir(path.dirname(entry)), ['stage.json']);
  });
});
