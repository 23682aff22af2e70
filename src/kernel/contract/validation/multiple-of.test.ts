import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { assert as check, integer, property } from 'fast-check';

import { isMultipleOf } from './multiple-of.ts';

suite('isMultipleOf', () => {
  for (const [value, divisor, expected] of [
    [19.99, 0.01, true],
    [0.07, 0.01, true],
    [0.29, 0.01, true],
    [4.35, 0.01, true],
    [0.3, 0.1, true],
    [-1.1, 0.1, true],
    [0, 0.01, true],
    [0.015, 0.01, false],
    [0.1, 0.3, false],
    [1e308, 0.5, true],
    [1e308, 3, false],
    [12_391_239_123, 1e-8, true],
    [0.0075, 0.0001, true],
    [0.00751, 0.0001, false],
    [5e-324, 5e-324, true],
    [7, 2, false],
    [8, 2, true],
    [9, 4.5, true],
    [2 ** 53 + 2, 2, true],
  ] as const) {
    test(`${String(value)} is ${expected ? 'a' : 'no'} multiple of ${String(divisor)}`, () => {
      assert.equal(isMultipleOf(value, divisor), expected);
    });
  }

  test('holds for every price in cents, and for none with a tenth of a cent more', () => {
    check(
      property(integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        assert.equal(isMultipleOf(cents / 100, 0.01), true);
        assert.equal(isMultipleOf(Number(`${String(cents)}1e-3`), 0.01), false);
      }),
      { numRuns: 2_000 },
    );
  });
});
