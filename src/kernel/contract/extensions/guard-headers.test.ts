import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContractError } from '#kernel/http/problems/protocol-error.ts';
import { fingerprintOf, readKey, type RequestValues } from './guard-headers.ts';

const CALL: RequestValues = {
  path: { id: '1' },
  query: { limit: 20 },
  headers: { 'idempotency-key': 'k', 'x-unit': 'g' },
  cookies: { theme: 'light' },
  body: { title: 'Soup', tags: ['a', 'b'] },
};

function isSame(other: Partial<RequestValues>): boolean {
  return Buffer.compare(fingerprintOf(CALL), fingerprintOf({ ...CALL, ...other })) === 0;
}

suite('the fingerprint of a request', () => {
  test('is that of an equal one, whatever its key', () => {
    assert.equal(isSame({ body: structuredClone(CALL.body) }), true);
    assert.equal(isSame({ headers: { 'idempotency-key': 'other', 'x-unit': 'g' } }), true);
  });

  for (const [what, other] of [
    ['path', { path: { id: '2' } }],
    ['query', { query: { limit: 21 } }],
    ['headers', { headers: { 'x-unit': 'kg' } }],
    ['cookies', { cookies: { theme: 'dark' } }],
    ['body', { body: { title: 'Soup', tags: ['b', 'a'] } }],
    ['body, which it lacks', { body: undefined }],
    ['text, moved from one value to the next', { path: { id: '1', limit: 20 }, query: {} }],
  ] as const) {
    test(`is not that of one with another ${what}`, () => assert.equal(isSame(other), false));
  }
});

suite('the key of a request', () => {
  test('is the same in quotes and without', () => {
    assert.equal(readKey('8e03978e'), '8e03978e');
    assert.equal(readKey('"8e03978e"'), '8e03978e');
    assert.equal(readKey('"a b"'), 'a b');
    assert.equal(readKey(undefined), undefined);
  });

  for (const header of ['', '""', 'a b', '"a', 'a"b', 'x'.repeat(256), 'é', '\u007f']) {
    test(`is not ${JSON.stringify(header.slice(0, 8))}`, () => {
      assert.throws(() => readKey(header), ContractError);
    });
  }
});
