import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';

import { fingerprint } from './fingerprint.ts';

suite('fingerprint', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'fingerprint-'));
    await mkdir(path.join(root, 'sql/ticket'), { recursive: true });
    await writeFile(path.join(root, 'sql/ticket/a.sql'), 'select 1');
    await writeFile(path.join(root, 'sql/ticket/b.sql'), 'select 2');
  });
  afterEach(() => rm(root, { recursive: true }));

  const key = async (facts: readonly string[] = [], paths = ['sql', 'migrations']): Promise<string> =>
    (await fingerprint([{ root, paths, isIgnored: (file) => file.endsWith('.md') }], facts)).key;

  test('stays the same when only times or the place of the project change', async () => {
    const before = await key();
    await utimes(path.join(root, 'sql/ticket/a.sql'), 1, 1);
    assert.equal(await key(), before);
    const copy = `${root}-copy`;
    await cp(root, copy, { recursive: true });
    const copied = await fingerprint([{ root: copy, paths: ['sql', 'migrations'] }]);
    await rm(copy, { recursive: true });
    assert.equal(copied.key, before);
  });

  const changes: readonly (readonly [string, (root: string) => Promise<unknown>])[] = [
    ['a file changes', (folder) => writeFile(path.join(folder, 'sql/ticket/a.sql'), 'select 3')],
    ['a file appears', (folder) => writeFile(path.join(folder, 'sql/ticket/c.sql'), '')],
    ['a file goes', (folder) => rm(path.join(folder, 'sql/ticket/b.sql'))],
    [
      'a file is renamed',
      (folder) => rename(path.join(folder, 'sql/ticket/b.sql'), path.join(folder, 'sql/ticket/d.sql')),
    ],
    [
      'an absent folder comes',
      async (folder) => {
        await mkdir(path.join(folder, 'migrations'));
        await writeFile(path.join(folder, 'migrations/1.sql'), '');
      },
    ],
  ];
  for (const [what, change] of changes) {
    test(`changes when ${what}`, async () => {
      const before = await key();
      await change(root);
      assert.notEqual(await key(), before);
    });
  }

  test('changes with its facts, and not with an ignored file', async () => {
    const before = await key();
    assert.notEqual(await key(['v24']), before);
    assert.notEqual(await key(['a', 'b']), await key(['ab']));
    await writeFile(path.join(root, 'sql/README.md'), 'words');
    assert.equal(await key(), before);
  });
});
