import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { withRunLock } from './run-lock.ts';

suite('withRunLock', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'run-lock-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  test('lets one run work at a time, and says once that another waits', async () => {
    let working = 0;
    let waits = 0;
    const work = async (): Promise<void> => {
      working += 1;
      assert.equal(working, 1);
      await delay(60);
      working -= 1;
    };
    const onWait = (): void => {
      waits += 1;
    };
    await Promise.all([withRunLock(root, onWait, work), withRunLock(root, onWait, work)]);
    assert.equal(waits, 1);
  });

  test('lets go when the work fails', async () => {
    const run = withRunLock(root, assert.fail, () => Promise.reject(new Error('failed work')));
    await assert.rejects(run, /failed work/);
    assert.equal(await withRunLock(root, assert.fail, () => Promise.resolve('next')), 'next');
  });
});
