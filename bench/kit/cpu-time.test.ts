import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cpuSpentNs } from './cpu-time.ts';

test('a process that ended takes nothing away, and one that began counts whole', () => {
  const before = new Map([
    [1, 100n],
    [2, 5000n],
  ]);
  const after = new Map([
    [1, 150n],
    [3, 30n],
  ]);
  assert.equal(cpuSpentNs(before, after), 80n);
});
