import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { takeFileLock } from './file-lock.ts';

test('a lock on a file is held by one at a time', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  context.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'made', 'on-demand.lock');
  const first = takeFileLock(file);
  assert.ok(first);
  assert.equal(takeFileLock(file), undefined);
  first[Symbol.dispose]();
  const second = takeFileLock(file);
  assert.ok(second);
  second[Symbol.dispose]();
});
