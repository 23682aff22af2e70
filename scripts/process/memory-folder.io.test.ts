import assert from 'node:assert/strict';
import { access, chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { memoryFolder } from './memory-folder.ts';

/** A folder of Linux's own, in which no file can be made. */
const CLOSED = '/proc/self';

suite('the folder whose files are in memory', () => {
  test('is taken where there is room, and nothing is left in it', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'memory-'));
    context.after(() => rm(folder, { recursive: true }));
    assert.equal(await memoryFolder({ roomBytes: 1 }, folder), folder);
    assert.equal(await memoryFolder({ roomBytes: 1, programs: true }, folder), folder);
    assert.deepEqual(await readdir(folder), []);
  });

  test('is not taken where there is too little room', async () => {
    const { blocks, bsize } = await statfs(tmpdir());
    assert.equal(await memoryFolder({ roomBytes: (blocks + 1) * bsize }, tmpdir()), undefined);
  });

  test('is not taken where there is none, or where nothing can be written', async (context) => {
    assert.equal(await memoryFolder({ roomBytes: 0 }, join(tmpdir(), 'no-such-folder')), undefined);
    assert.equal(await memoryFolder({ roomBytes: 0, programs: true }, CLOSED), undefined);
    const folder = await mkdtemp(join(tmpdir(), 'memory-'));
    context.after(() => rm(folder, { recursive: true }));
    await chmod(folder, 0o500);
    const canWriteAnyway = await access(folder, 2).then(
      () => true,
      () => false,
    );
    assert.equal(await memoryFolder({ roomBytes: 0 }, folder), canWriteAnyway ? folder : undefined);
  });
});
