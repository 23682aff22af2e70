import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { toDecimal, toMeasure, toMinutes } from './typed.ts';

suite('toDecimal', () => {
  test('reads commas, fractions and their signs', () => {
    const read = ['1.50', '1,5', '1/2', '1 1/2', '1½', '¾', ' 2 '].map(toDecimal);
    assert.deepEqual(read, ['1.50', '1.5', '0.5', '1.5', '1.5', '0.75', '2']);
  });

  test('leaves alone what no decimal says exactly', () => {
    assert.deepEqual(['1/3', '1/0', 'a bit'].map(toDecimal), ['1/3', '1/0', 'a bit']);
  });
});

suite('toMinutes', () => {
  for (const [typed, minutes] of Object.entries({
    '0': 0,
    '90': 90,
    ' 90 ': 90,
    '90 min': 90,
    '90min': 90,
    '5 minutes': 5,
    "45'": 45,
    '1h': 60,
    '1 h': 60,
    '2 hours': 120,
    '1 hour 5 minutes': 65,
    '1h30': 90,
    '1 h 30 min': 90,
    '1:30': 90,
    '1,5 h': 90,
    '1.5h': 90,
    '1½ h': 90,
    '½ h': 30,
    '1 1/2 h': 90,
    '-5': undefined,
    '1.5': undefined,
    '1:75': undefined,
    'an hour': undefined,
    long: undefined,
    '': undefined,
    h: undefined,
    '1e3': undefined,
  })) {
    test(`reads “${typed}” as ${minutes}`, () => assert.equal(toMinutes(typed), minutes));
  }
});

suite('toMeasure', () => {
  const cases: readonly (readonly [string, string, string, readonly [string, string, string]])[] = [
    ['2', 'kg', '', ['2', 'kg', '']],
    ['1½', '', '', ['1.5', '', '']],
    ['a pinch', '', '', ['1', 'pinch', '']],
    ['An onion', '', '', ['1', 'onion', '']],
    ['one cup', '', '', ['1', 'cup', '']],
    ['1.5kg', '', '', ['1.5', 'kg', '']],
    ['2 cups', '', '', ['2', 'cups', '']],
    ['1 1/2 cups', '', '', ['1.5', 'cups', '']],
    ['½ tsp', '', '', ['0.5', 'tsp', '']],
    ['to taste', '', '', ['', '', 'to taste']],
    ['some', 'kg', '', ['', 'kg', 'some']],
    // Where another field would be written over, the API has to say what is wrong.
    ['2 cups', 'kg', '', ['2 cups', 'kg', '']],
    ['to taste', '', 'diced', ['to taste', '', 'diced']],
    ['1/3', '', '', ['1/3', '', '']],
    ['2-3', '', '', ['2-3', '', '']],
    ['', '', '', ['', '', '']],
  ];
  for (const [quantity, unit, note, [q, u, n]] of cases) {
    test(`reads “${quantity}”, “${unit}”, “${note}”`, () => {
      assert.deepEqual(toMeasure({ quantity, unit, note }), { quantity: q, unit: u, note: n });
    });
  }
});
