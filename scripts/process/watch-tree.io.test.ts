import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { watchTree, type TreeWatcher } from './watch-tree.ts';

suite('watching a folder', () => {
  let folder: string;
  let watcher: TreeWatcher | undefined;
  let told: Set<string>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'watch-tree-'));
    told = new Set();
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(join(folder, 'a', 'b', 'file'), 'old');
  });
  afterEach(() => {
    watcher?.close();
    rmSync(folder, { recursive: true });
  });

  function start(): void {
    watcher = watchTree(folder, (path) => told.add(path));
  }

  /** Does it, and waits until the path is told: for ever, if it never is. */
  async function tells(path: string, change: () => void): Promise<void> {
    await sleep(20);
    told.clear();
    change();
    while (!told.has(path)) await sleep(5);
  }

  function replace(path: string): void {
    writeFileSync(join(folder, 'draft'), 'new');
    renameSync(join(folder, 'draft'), join(folder, path));
  }

  test(
    'tells of a file again and again, also after others were renamed over it',
    { timeout: 10_000 },
    async () => {
      start();
      for (let round = 0; round < 3; round += 1) {
        await tells('a/b/file', () => writeFileSync(join(folder, 'a/b/file'), `in place ${round}`));
        await tells('a/b/file', () => replace('a/b/file'));
      }
    },
  );

  test('tells of files made and removed', { timeout: 10_000 }, async () => {
    start();
    await tells('a/other', () => writeFileSync(join(folder, 'a/other'), ''));
    await tells('a/other', () => rmSync(join(folder, 'a/other')));
  });

  test('follows into folders that come, however deep, and that come back', { timeout: 10_000 }, async () => {
    start();
    for (let round = 0; round < 2; round += 1) {
      await tells('c', () => mkdirSync(join(folder, 'c/d/e'), { recursive: true }));
      await tells('c/d/e/file', () => writeFileSync(join(folder, 'c/d/e/file'), ''));
      await tells('c', () => rmSync(join(folder, 'c'), { recursive: true }));
    }
  });

  test('follows a folder that was moved to another name', { timeout: 10_000 }, async () => {
    start();
    await tells('z', () => renameSync(join(folder, 'a'), join(folder, 'z')));
    await tells('z/b/file', () => replace('z/b/file'));
    await tells('z/b/file', () => writeFileSync(join(folder, 'z/b/file'), 'in place'));
  });

  test('says nothing after it is closed', { timeout: 10_000 }, async () => {
    start();
    watcher?.close();
    writeFileSync(join(folder, 'a/b/file'), 'new');
    const witness = mkdtempSync(join(tmpdir(), 'watch-witness-'));
    watcher = watchTree(witness, (path) => told.add(path));
    await tells('file', () => writeFileSync(join(witness, 'file'), ''));
    rmSync(witness, { recursive: true });
    assert.deepEqual([...told], ['file']);
  });

  test('refuses a folder that is not there', () => {
    assert.throws(() => watchTree(join(folder, 'none'), () => {}), { code: 'ENOENT' });
  });
});
