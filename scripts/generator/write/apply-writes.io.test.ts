import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';

import { applyWrites } from './apply-writes.ts';
import type { GeneratedFile } from './generated-file.ts';
import { headerText } from './header.ts';
import { planWrites } from './plan-writes.ts';
import { readOwned } from './read-owned.ts';

const ours = (name: string, body = ''): GeneratedFile => ({
  path: `generated/${name}`,
  text: `// ${headerText('specs')}\n${body}`,
});

suite('applyWrites', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'apply-writes-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const bring = async (expected: readonly GeneratedFile[]): Promise<void> =>
    applyWrites(root, planWrites(expected, await readOwned(root)));
  const listing = async (): Promise<readonly string[]> =>
    (await readdir(path.join(root, 'generated'), { recursive: true })).toSorted();

  test('creates, updates and removes, and the emptied folders with it', async () => {
    await bring([ours('a/x.ts'), ours('b/queries/y.ts'), ours('top.ts')]);
    await bring([ours('a/x.ts', 'new'), ours('top.ts')]);
    assert.deepEqual(await listing(), ['a', 'a/x.ts', 'top.ts']);
    assert.equal(await readFile(path.join(root, 'generated/a/x.ts'), 'utf8'), ours('a/x.ts', 'new').text);
  });

  test('puts a folder where a file was, and a file where a folder was', async () => {
    await bring([ours('a'), ours('b/x.ts')]);
    await bring([ours('a/x.ts'), ours('b')]);
    assert.deepEqual(await listing(), ['a', 'a/x.ts', 'b']);
  });

  test('does not touch an unchanged file', async () => {
    const file = path.join(root, 'generated/a/x.ts');
    await bring([ours('a/x.ts')]);
    await utimes(file, 1000, 1000);
    await bring([ours('a/x.ts'), ours('a/y.ts')]);
    assert.equal((await stat(file)).mtimeMs, 1_000_000);
  });

  test('leaves no temporary file behind, not even when it fails half-way', async () => {
    await bring([ours('a/x.ts')]);
    await mkdir(path.join(root, 'generated/a/y.ts'), { recursive: true });
    await assert.rejects(bring([ours('a/x.ts', 'new'), ours('a/y.ts')]));
    assert.deepEqual(await readdir(path.join(root, '.cache/generate')), []);
  });

  test('writes nothing at all beside a file that it does not own', async () => {
    await bring([ours('a/x.ts')]);
    await writeFile(path.join(root, 'generated/a/mine.ts'), 'export {};\n');
    await assert.rejects(bring([ours('a/x.ts', 'new')]), /mine\.ts/);
    assert.equal(await readFile(path.join(root, 'generated/a/x.ts'), 'utf8'), ours('a/x.ts').text);
    assert.deepEqual(await listing(), ['a', 'a/mine.ts', 'a/x.ts']);
  });

  test('does not own a link, even to a file of ours', async () => {
    await bring([ours('a/x.ts')]);
    await symlink('x.ts', path.join(root, 'generated/a/link.ts'));
    assert.deepEqual(planWrites([ours('a/x.ts')], await readOwned(root)).unowned, ['generated/a/link.ts']);
  });

  test('reads nothing where there is no generated folder', async () => {
    assert.deepEqual(await readOwned(root), []);
  });
});
