import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseInt8, parseTimestamp, parseTimestamptz } from './value-parsers.ts';

suite('values of the database', () => {
  const instants: readonly [text: string, instant: string][] = [
    ['2026-01-31 09:30:00+00', '2026-01-31T09:30:00.000000Z'],
    ['2026-01-31 09:30:00.1+00', '2026-01-31T09:30:00.100000Z'],
    ['2026-01-31 09:30:00.123456+09', '2026-01-31T00:30:00.123456Z'],
    ['2026-01-01 00:00:00.000001+05:30', '2025-12-31T18:30:00.000001Z'],
    ['2026-01-31 20:00:00.5-05', '2026-02-01T01:00:00.500000Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000000Z'],
    ['infinity', 'infinity'],
    ['0001-01-01 00:00:00+01', '0001-01-01 00:00:00+01'],
    ['9999-12-31 23:59:59-01', '9999-12-31 23:59:59-01'],
    ['10000-01-01 00:00:00+00', '10000-01-01 00:00:00+00'],
    ['0044-03-15 00:00:00+00 BC', '0044-03-15 00:00:00+00 BC'],
  ];
  for (const [text, instant] of instants) {
    test(`timestamptz ${text} is ${instant}`, () => {
      assert.equal(parseTimestamptz(text), instant);
    });
  }

  test('instants that differ in microseconds differ as text, and sort alike', () => {
    const [first, second] = [
      parseTimestamptz('2026-01-31 09:30:00.9+00'),
      parseTimestamptz('2026-01-31 09:30:00.900001+00'),
    ];
    assert.ok(first < second);
  });

  test('a timestamp without a zone is given without a zone', () => {
    assert.equal(parseTimestamp('2026-01-31 09:30:00.25'), '2026-01-31T09:30:00.250000');
    assert.equal(parseTimestamp('-infinity'), '-infinity');
  });

  test('an int8 is a number up to the last one that a number can hold', () => {
    assert.equal(parseInt8('-9007199254740991'), -9_007_199_254_740_991);
    assert.throws(() => parseInt8('9007199254740992'), RangeError);
  });
});
