import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { scaleLocally } from './scale-locally.ts';

const fractions = (quantity: string, from: number, to: number): string | undefined =>
  scaleLocally({ servings: from, ingredients: [{ name: 'flour', quantity }] }, to)[0]?.fraction;

suite('scaleLocally', () => {
  test('is exact and in lowest terms', () => {
    assert.equal(fractions('1.50', 4, 6), '9/4');
    assert.equal(fractions('500', 3, 1), '500/3');
    assert.equal(fractions('0.000000001', 1, 1), '1/1000000000');
    assert.equal(fractions('999999999.999999999', 1000, 999), '998999999999999999001/1000000000000');
  });

  test('says whole numbers without a fraction', () => {
    assert.equal(fractions('1.5', 4, 4), '3/2');
    assert.equal(fractions('1.5', 2, 4), '3');
    assert.equal(fractions('500', 4, 4), '500');
  });

  test('keeps unit and note, and leaves alone what has no quantity', () => {
    const ingredients = [
      { name: 'salt', note: 'to taste' },
      { name: 'stock', quantity: '2', unit: 'l' },
    ];
    assert.deepEqual(scaleLocally({ servings: 4, ingredients }, 2), [
      { name: 'salt', note: 'to taste' },
      { name: 'stock', unit: 'l', fraction: '1' },
    ]);
  });
});
