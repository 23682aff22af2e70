import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { createBadTokens } from '#tests/kit/bad-tokens.ts';
import { createSigningKey, mintToken, toPublicJwk, TEST_AUDIENCE, TEST_ISSUER } from '#tests/kit/tokens.ts';
import { InvalidTokenError, KeysUnavailableError, type TokenFault } from './errors.ts';
import { parseKeySet, type VerificationKey } from './jwks-document.ts';
import { createVerifyToken } from './verify-token.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const NOW_S = NOW.getTime() / 1000;
const KEY = createSigningKey('key-1');
const OTHER_KEY = createSigningKey('key-1');

type Policy = Parameters<typeof createVerifyToken>[0]['policy'];

const POLICY: Policy = {
  issuer: TEST_ISSUER,
  audience: TEST_AUDIENCE,
  algorithms: ['EdDSA'],
  tokenType: undefined,
  clockToleranceSeconds: 5,
  maxTokenLifetimeSeconds: 86_400,
  tokenCacheSize: 100,
};

/** A verifier over a fixed key set that counts how often keys are asked for. */
async function createFixture(policy: Partial<Policy> = {}) {
  const keys = new Map<string, VerificationKey>(
    await parseKeySet(JSON.stringify({ keys: [toPublicJwk(KEY)] }), new Map()),
  );
  const state = { now: NOW, lookups: 0, isStale: false, isDown: false };
  const verify = createVerifyToken({
    policy: { ...POLICY, ...policy },
    clock: { now: () => state.now },
    keys: {
      current: (id) => keys.get(id),
      isStale: () => state.isStale,
      find: async (id) => {
        state.lookups += 1;
        if (state.isDown && !keys.has(id)) throw new KeysUnavailableError();
        return keys.get(id);
      },
    },
  });
  const faultOf = async (token: string): Promise<TokenFault | 'accepted'> => {
    try {
      await verify(token);
      return 'accepted';
    } catch (error) {
      assert.ok(error instanceof InvalidTokenError, String(error));
      return error.reason;
    }
  };
  return { verify, faultOf, state, keys };
}

const mint = (claims: Record<string, unknown>, header: Record<string, unknown> = {}): string =>
  mintToken(KEY, { claims, header, now: NOW });

// @requirement 12
suite('verifyToken accepts', () => {
  for (const [what, token] of [
    ['a token as better-auth signs it', mint({})],
    ['an audience list that holds ours', mint({ aud: ['other', TEST_AUDIENCE] })],
    ['typ JWT in any case', mint({}, { typ: 'jwt' })],
    ['a token that ended within the tolerance', mint({ exp: NOW_S - 4 })],
    ['a token that begins within the tolerance', mint({ nbf: NOW_S + 5, iat: NOW_S + 5 })],
    ['a token without iat', mint({ iat: undefined })],
    ['a subject of 255 characters', mint({ sub: 's'.repeat(255) })],
    ['a fractional exp (RFC 7519 section 2)', mint({ exp: NOW_S + 1.5 })],
  ] as const) {
    test(what, async () => {
      const { verify } = await createFixture();
      assert.equal(typeof (await verify(token)).subject, 'string');
    });
  }

  test('the subject and the scopes as the token has them', async () => {
    const { verify } = await createFixture();
    assert.deepEqual(await verify(mint({ sub: 'ünïcode/1', scope: 'read  write' })), {
      subject: 'ünïcode/1',
      scopes: ['read', 'write'],
    });
    assert.deepEqual((await verify(mint({ scope: ['admin'] }))).scopes, []);
  });

  // @requirement 7
  test('Ed25519 as a name of the algorithm when it is configured', async () => {
    const token = mint({}, { alg: 'Ed25519' });
    assert.equal(await (await createFixture()).faultOf(token), 'algorithm');
    assert.equal(await (await createFixture({ algorithms: ['Ed25519'] })).faultOf(token), 'accepted');
  });

  // @requirement 16
  test('only the configured typ when there is one', async () => {
    const { faultOf } = await createFixture({ tokenType: 'at+jwt' });
    assert.equal(await faultOf(mint({}, { typ: 'at+jwt' })), 'accepted');
    assert.equal(await faultOf(mint({}, { typ: 'application/AT+JWT' })), 'accepted');
    assert.equal(await faultOf(mint({}, { typ: 'JWT' })), 'type');
    assert.equal(await faultOf(mint({})), 'type');
  });
});

const REFUSED = createBadTokens(KEY, NOW);

// @requirement 7, 8, 9, 10, 11, 12, 13, 14, 15, 17
suite('verifyToken refuses', () => {
  for (const [what, token, fault] of REFUSED) {
    test(what, async () => {
      assert.equal(await (await createFixture()).faultOf(token), fault);
    });
  }

  // @requirement 28
  test('all of these before it asks for keys, unless nothing but the key is wrong', async () => {
    const { faultOf, state } = await createFixture();
    for (const [what, token, fault] of REFUSED) {
      state.lookups = 0;
      await faultOf(token);
      assert.equal(state.lookups, fault === 'unknown-key' || fault === 'signature' ? 1 : 0, what);
    }
  });

  // @requirement 2
  test('every token without a word about it in message or header, but that it expired', async () => {
    const { verify } = await createFixture();
    const errors = await Promise.all(
      REFUSED.map(([, token]) =>
        verify(token).then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    const shown = new Set(
      errors.map(
        (error) =>
          error instanceof InvalidTokenError && JSON.stringify([error.message, error.responseHeaders]),
      ),
    );
    assert.deepEqual(
      [...shown],
      [
        '["The access token is not valid.",{"www-authenticate":"Bearer error=\\"invalid_token\\", error_description=\\"The access token is not valid\\""}]',
        '["The access token expired.",{"www-authenticate":"Bearer error=\\"invalid_token\\", error_description=\\"The access token expired\\""}]',
      ],
    );
  });
});

suite('verifyToken remembers', () => {
  test('a token that it verified', async () => {
    const { verify, state } = await createFixture();
    const token = mint({});
    const first = await verify(token);
    assert.equal(await verify(token), first);
    assert.equal(state.lookups, 1);
  });

  test('nothing with a cache of size 0', async () => {
    const { verify, state } = await createFixture({ tokenCacheSize: 0 });
    const token = mint({});
    await verify(token);
    await verify(token);
    assert.equal(state.lookups, 2);
  });

  test('no more tokens than it may, the last used', async () => {
    const { verify, state } = await createFixture({ tokenCacheSize: 2 });
    const [a, b, c] = [mint({ sub: 'a' }), mint({ sub: 'b' }), mint({ sub: 'c' })];
    for (const token of [a, b, a, c]) await verify(token);
    assert.equal(state.lookups, 3);
    await verify(a);
    assert.equal(state.lookups, 3);
    await verify(b);
    assert.equal(state.lookups, 4);
  });

  test('no token beyond its end', async () => {
    const { verify, faultOf, state } = await createFixture();
    const token = mint({ exp: NOW_S + 60 });
    await verify(token);
    state.now = new Date(NOW.getTime() + 64_999);
    assert.equal(await faultOf(token), 'accepted');
    state.now = new Date(NOW.getTime() + 65_000);
    assert.equal(await faultOf(token), 'expired');
  });

  test('no token whose key was withdrawn', async () => {
    const { verify, faultOf, keys } = await createFixture();
    const token = mint({});
    await verify(token);
    keys.delete('key-1');
    assert.equal(await faultOf(token), 'unknown-key');
  });

  test('no token whose key was replaced under the same id', async () => {
    const { verify, faultOf, keys } = await createFixture();
    const token = mint({});
    await verify(token);
    const replaced = await parseKeySet(JSON.stringify({ keys: [toPublicJwk(OTHER_KEY)] }), new Map());
    keys.set('key-1', replaced.get('key-1')!);
    assert.equal(await faultOf(token), 'signature');
  });

  test('no token that failed', async () => {
    const { faultOf, state } = await createFixture();
    const token = mintToken(OTHER_KEY, { now: NOW });
    assert.equal(await faultOf(token), 'signature');
    assert.equal(await faultOf(token), 'signature');
    assert.equal(state.lookups, 2);
  });
});

suite('verifyToken without an Identity service', () => {
  // @requirement 24, 31
  test('says that it cannot tell about an unknown key', async () => {
    const { verify, state } = await createFixture();
    state.isDown = true;
    await assert.rejects(verify(mintToken(createSigningKey('new'), { now: NOW })), KeysUnavailableError);
    await verify(mint({}));
  });

  test('says that it cannot tell once the keys are too old, remembered tokens included', async () => {
    const { verify, state } = await createFixture();
    const token = mint({});
    await verify(token);
    state.isStale = true;
    await assert.rejects(verify(token), KeysUnavailableError);
  });
});
