import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FORMATS, isDate, isDateTime, isUri, isUriReference, isUuid } from './formats.ts';

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

  test('takes URIs of RFC 3986 only', () => {
    for (const text of ['http://a', 'urn:a:b', 'http://u:p@[::1]:80/a;b?c#d', 'http://[v1.a:b]/', 'a:']) {
      assert.equal(isUri(text), true, text);
      assert.equal(isUriReference(text), true, text);
    }
    for (const text of ['', '/a', '//a/b', '?a', '#a', './a:b', 'a/b:c']) {
      assert.equal(isUri(text), false, text);
      assert.equal(isUriReference(text), true, text);
    }
    for (const text of [
      ':a',
      '1:b',
      'http://a:b/',
      'http://[::1',
      'http://a@b@c/',
      'a b',
      'a\n',
      '/%2',
      '/"',
      '#a#b',
      '/ä',
    ])
      assert.equal(isUriReference(text), false, text);
  });

  test('takes durations of RFC 3339 and host names of RFC 1123 only', () => {
    for (const text of ['P1Y', 'P1M2D', 'P1DT12H', 'PT1M2S', 'P2W']) assert.match(text, FORMATS.duration);
    for (const text of ['P', 'PT', 'P1Y2D', 'PT1H2S', 'P1W2D', 'P1D\n', '-P1D'])
      assert.doesNotMatch(text, FORMATS.duration);
    for (const text of ['a', 'a.b-c.d1', `${'a'.repeat(63)}.b`]) assert.match(text, FORMATS.hostname);
    for (const text of ['', '.', 'a.', '-a', 'a-', 'a_b', 'a'.repeat(64), `${'a.'.repeat(127)}a`, 'a\n'])
      assert.doesNotMatch(text, FORMATS.hostname);
  });

  test('takes texts of RFC 4648 only', () => {
    const octets = Buffer.from([0xfb, 0xff, 0xfe, 0x00]);
    for (let length = 0; length <= 4; length += 1) {
      const some = octets.subarray(0, length);
      assert.match(some.toString('base64'), FORMATS.base64);
      assert.match(some.toString('base64url'), FORMATS.base64url);
      assert.match(some.toString('hex').toUpperCase(), FORMATS.base16);
    }
    for (const text of ['', 'MY======', 'MZXQ====', 'MZXW6===', 'MZXW6YQ=', 'MZXW6YTB'])
      assert.match(text, FORMATS.base32);
    for (const text of ['a', 'ab', 'abc', 'ab=', '-_8=', 'a===', 'abcd\n', 'ab cd'])
      assert.doesNotMatch(text, FORMATS.base64);
    for (const text of ['a', '+/8=', 'abcde']) assert.doesNotMatch(text, FORMATS.base64url);
    for (const text of ['A', 'fb', 'GG']) assert.doesNotMatch(text, FORMATS.base16);
    for (const text of ['M', 'MY', 'my======', 'M1======']) assert.doesNotMatch(text, FORMATS.base32);
  });
});
