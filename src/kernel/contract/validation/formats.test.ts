import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isDate, isDateTime, isUuid } from './formats.ts';

suite('formats', () => {
  // @requirement 67
  test('takes days of the calendar only', () => {
    for (const text of ['2024-02-29', '0001-01-01', '9999-12-31']) assert.equal(isDate(text), true, text);
    for (const text of [
      '2024-02-30',
      '2023-02-29',
      '0000-01-01',
      '2024-13-01',
      '2024-00-10',
      '2024-1-1',
      'now',
      'infinity',
      '',
    ]) {
      assert.equal(isDate(text), false, text);
    }
  });

  // @requirement 67
  test('takes instants of RFC 3339 only', () => {
    for (const text of [
      '2024-01-01T00:00:00Z',
      '2024-01-01t23:59:59.123456z',
      '2024-01-01T00:00:00.1234567890123Z',
      `2024-01-01T00:00:00.${'1'.repeat(64)}+02:00`,
      '2024-01-01T00:00:00+14:00',
    ]) {
      assert.equal(isDateTime(text), true, text);
    }
    for (const text of [
      '2024-02-30T00:00:00Z',
      '2024-01-01 00:00:00Z',
      '2024-01-01T00:00:00.Z',
      `2024-01-01T00:00:00.${'1'.repeat(65)}Z`,
      '2024-01-01T24:00:00Z',
      '2024-01-01T23:59:60Z',
      '2024-01-01T00:00:00+99:99',
      '2024-01-01T00:00:00+14:01',
      '2024-01-01T00:00:00',
      '0000-01-01T00:00:00Z',
      'now',
    ]) {
      assert.equal(isDateTime(text), false, text);
    }
  });

  test('takes plain UUIDs only', () => {
    assert.equal(isUuid('0198D7A2-8f10-7cc3-9b55-1e3a0c6b7f21'), true);
    for (const text of [
      'urn:uuid:0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21',
      '{0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21}',
      '0198d7a2',
    ]) {
      assert.equal(isUuid(text), false, text);
    }
  });
});
