import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { lastError } from './data-directory.ts';

suite('why PostgreSQL stopped', () => {
  test('is its last error, without what is before it', () => {
    const log = '2026-01-01 LOG:  starting\nFATAL:  could not bind\nLOG:  database system is shut down\n';
    assert.equal(lastError(log), 'could not bind');
  });

  test('is a full disk, for everything that fails because of it', () => {
    const panic = 'PANIC:  cannot abort transaction 1, it was already committed';
    for (const full of [
      'FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
      'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
    ]) {
      assert.equal(lastError(`${full}\n${panic}\n`), 'the disk is full.');
    }
  });

  test('is the last line when nothing is called an error', () => {
    assert.equal(lastError('one\ntwo\n'), 'two');
    assert.equal(lastError(''), 'it said nothing');
  });
});
