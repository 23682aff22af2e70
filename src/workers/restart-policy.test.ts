import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RestartPolicy } from './restart-policy.ts';

suite('RestartPolicy', () => {
  for (const [what, ends, expected] of [
    ['a worker that served for a while is replaced at once', [60_000, 10_000], [0, 0]],
    [
      'one that ends soon waits twice as long each time, at most 30 s',
      Array.from({ length: 8 }, () => 100),
      [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    ],
    ['a while of serving ends the waiting', [100, 100, 10_000, 100], [500, 1000, 0, 500]],
    [
      'the fifth start in a row that fails is the last',
      [undefined, undefined, undefined, undefined, undefined],
      [500, 1000, 2000, 4000, undefined],
    ],
    [
      'a start that succeeds counts from the beginning',
      [undefined, undefined, undefined, undefined, 100, undefined],
      [500, 1000, 2000, 4000, 8000, 16_000],
    ],
  ] as const) {
    test(what, () => {
      const policy = new RestartPolicy();
      assert.deepEqual(
        ends.map((servedMs) => policy.delayMs(servedMs)),
        expected,
      );
    });
  }
});
