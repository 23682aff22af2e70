import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { startFakeIdentity, type Behaviour } from '#tests/kit/identity.ts';
import { createFetchKeys } from './fetch-keys.ts';
import { UnusableKeysError } from './jwks-document.ts';

suite('fetchKeys', () => {
  test('reads the published keys', async () => {
    await using identity = await startFakeIdentity();
    const fetchKeys = createFetchKeys({ url: identity.jwksUrl, timeoutMs: 2000 });
    assert.deepEqual([...(await fetchKeys(new Map())).keys()], [identity.key.kid]);
  });

  for (const [behaviour, sentence] of [
    ['error', /^it answered 500$/],
    ['hang', /^no answer within 200 ms$/],
    ['stall', /^no answer within 200 ms$/],
    ['empty', /^it holds no Ed25519 key with a key id$/],
    ['html', /^it is not JSON$/],
    ['not-json', /^it is not JSON$/],
    ['redirect', /^it answered a redirect \(302\), which is not followed$/],
    ['no-usable-key', /^it holds no Ed25519 key with a key id$/],
    ['flood', /^it holds more than 50 keys$/],
    ['endless', /^it answered more than 65536 bytes$/],
  ] as const satisfies readonly (readonly [Behaviour, RegExp])[]) {
    // @requirement 22, 29
    test(`refuses the answer of a service that does "${behaviour}"`, async () => {
      await using identity = await startFakeIdentity();
      identity.behaviour = behaviour;
      const fetchKeys = createFetchKeys({ url: identity.jwksUrl, timeoutMs: 200 });
      await assert.rejects(
        fetchKeys(new Map()),
        (error) => error instanceof UnusableKeysError && sentence.test(error.message),
      );
      assert.equal(identity.strayHits, 0);
    });
  }

  test('says that nothing listens', async () => {
    const identity = await startFakeIdentity();
    await identity.close();
    const fetchKeys = createFetchKeys({ url: identity.jwksUrl, timeoutMs: 1000 });
    await assert.rejects(fetchKeys(new Map()), /^UnusableKeysError: nothing listens there \(ECONNREFUSED\)$/);
  });
});
