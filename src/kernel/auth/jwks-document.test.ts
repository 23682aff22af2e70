import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { createSigningKey, toPublicJwk } from '#tests/kit/tokens.ts';
import { parseKeySet } from './jwks-document.ts';

/** The ids of the usable keys among these. */
const parse = async (...keys: unknown[]): Promise<string[]> => [
  ...(await parseKeySet(JSON.stringify({ keys }), new Map())).keys(),
];

suite('parseKeySet', () => {
  const good = toPublicJwk(createSigningKey('good'));

  for (const [what, jwk] of [
    ['an RSA key', { kty: 'RSA', n: 'x', e: 'AQAB', kid: 'a' }],
    ['another curve', { ...good, crv: 'Ed448', kid: 'a' }],
    ['a key for encryption', { ...good, use: 'enc', kid: 'a' }],
    ['a key for another algorithm', { ...good, alg: 'ES256', kid: 'a' }],
    ['a key that may not verify', { ...good, key_ops: ['sign'], kid: 'a' }],
    ['a key without an id', { ...good, kid: undefined }],
    ['a key with an empty id', { ...good, kid: '' }],
    ['a key whose id is a number', { ...good, kid: 5 }],
    ['a point that is too short', { ...good, x: 'AAAA', kid: 'a' }],
    ['null', null],
    ['text', 'key'],
  ] as const) {
    test(`leaves out ${what}`, async () => {
      assert.deepEqual(await parse(jwk, good), ['good']);
    });
  }

  test('accepts the members that RFC 7517 describes', async () => {
    assert.deepEqual(await parse({ ...good, use: 'sig', key_ops: ['verify'], x5t: 'ignored' }), ['good']);
  });

  for (const text of ['[]', 'null', '{"keys":{}}', '{"keys":"x"}', '{}']) {
    // @requirement 25
    test(`refuses ${text}`, async () => {
      await assert.rejects(parseKeySet(text, new Map()), /it is not a JWK set/);
    });
  }

  test('keeps the very keys that it had, and not one whose point changed under the same id', async () => {
    const changed = { ...toPublicJwk(createSigningKey('other')), kid: 'changed' };
    const before = await parseKeySet(
      JSON.stringify({ keys: [good, { ...good, kid: 'changed' }] }),
      new Map(),
    );
    const after = await parseKeySet(JSON.stringify({ keys: [good, changed] }), before);
    assert.equal(after.get('good'), before.get('good'));
    assert.notEqual(after.get('changed'), before.get('changed'));
  });
});
