import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { quantityText, showQuantity } from './quantity.ts';

const shown = (fraction: string, unit?: string): string => quantityText(showQuantity(fraction, unit));

suite('showQuantity', () => {
  test('shows whole numbers as they are, and groups long ones', () => {
    assert.equal(shown('3'), '3');
    assert.equal(shown('1500', 'g'), '1500');
    assert.equal(shown('1250000', 'g'), '1 250 000');
  });

  test('keeps fractions of spoons, cups and whole things', () => {
    assert.equal(shown('9/4', 'tsp'), '2 1/4');
    assert.equal(shown('1/3'), '1/3');
    assert.equal(shown('22/7', 'cups'), '3 1/7');
  });

  test('shows decimals for what scales measure, if they are exact', () => {
    assert.equal(shown('9/4', 'kg'), '2.25');
    assert.equal(shown('1/8', 'l'), '0.125');
    assert.equal(shown('500/3', 'g'), '166 2/3');
  });

  test('never rounds', () => {
    assert.equal(shown('1/1000'), '0.001');
    assert.equal(shown('1/16384', 'g'), '1/16384');
  });
});
