import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { formatDecimal, formatFraction, parseQuantity, scaleFraction, SCALED_DECIMALS } from './quantity.ts';

suite('quantities', () => {
  for (const text of [
    '',
    '1.',
    '.5',
    '01',
    '-1',
    '+1',
    '1e3',
    ' 1',
    '1,5',
    '0x1',
    'NaN',
    '1234567890',
    '0.1234567890',
    '١',
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseQuantity(text), undefined);
    });
  }

  const cases: readonly [
    quantity: string,
    servings: number,
    of: number,
    fraction: string,
    decimal: string,
  ][] = [
    ['1.50', 6, 4, '9/4', '2.25'],
    ['1', 1, 3, '1/3', '0.333333'],
    ['2', 1, 3, '2/3', '0.666667'],
    ['0.1', 3, 1, '3/10', '0.3'],
    ['500', 4, 4, '500', '500'],
    ['100', 1, 1, '100', '100'],
    ['0.000001', 1, 2, '1/2000000', '0.000001'],
    ['0.000003', 1, 2, '3/2000000', '0.000002'],
    ['0.000000001', 1, 1000, '1/1000000000000', '0.000001'],
    ['999999999.999999999', 1000, 1, '999999999999999999/1000000', '999999999999.999999'],
    ['999999999.999999999', 1, 1, '999999999999999999/1000000000', '1000000000'],
    ['0', 8, 4, '0', '0'],
  ];
  for (const [quantity, servings, of, fraction, decimal] of cases) {
    test(`${quantity} for ${of}, scaled to ${servings}, is ${fraction} or ${decimal}`, () => {
      const scaled = scaleFraction(parseQuantity(quantity)!, servings, of);
      assert.deepEqual([formatFraction(scaled), formatDecimal(scaled)], [fraction, decimal]);
    });
  }

  test('scaling there and back gives the same quantity', () => {
    const servings = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), servings, servings, (billionths, from, to) => {
        const text = `${billionths / 10n ** 9n}.${`${billionths % 10n ** 9n}`.padStart(9, '0')}`;
        const quantity = parseQuantity(text)!;
        assert.deepEqual(scaleFraction(scaleFraction(quantity, to, from), from, to), quantity);
      }),
    );
  });

  test('the decimal is within half a unit of its last place of the fraction, and not zero', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(positive, positive, (numerator, denominator) => {
        const decimal = formatDecimal({ numerator, denominator });
        const [whole = '', places = ''] = decimal.split('.');
        const unit = 10n ** BigInt(SCALED_DECIMALS);
        const units = BigInt(whole) * unit + BigInt(places.padEnd(SCALED_DECIMALS, '0'));
        assert.ok(units > 0n);
        const difference = 2n * (units * denominator - numerator * unit);
        const isWithinHalf = difference <= denominator && difference >= -denominator;
        assert.ok(isWithinHalf || units === 1n, decimal);
      }),
    );
  });
});
