import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { suite, test } from 'node:test';

import {
  createSigningKey,
  mintToken,
  signToken,
  toPublicJwk,
  TEST_AUDIENCE,
  TEST_ISSUER,
} from '../../testing/tokens.ts';
import { InvalidTokenError, KeysUnavailableError, type TokenFault } from './errors.ts';
import { parseKeySet, type VerificationKey } from './jwks-document.ts';
import { createVerifyToken } from './verify-token.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const NOW_S = NOW.getTime() / 1000;
const KEY = createSigningKey('key-1');
const STRANGER = createSigningKey('key-1');

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
const rawClaims = (text: string): string => signToken(KEY, '{"alg":"EdDSA","kid":"key-1"}', text);
const claimsText = (members: string): string =>
  `{"iss":"${TEST_ISSUER}","aud":"${TEST_AUDIENCE}",${members}}`;

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

  test('Ed25519 as a name of the algorithm when it is configured', async () => {
    const token = mint({}, { alg: 'Ed25519' });
    assert.equal(await (await createFixture()).faultOf(token), 'algorithm');
    assert.equal(await (await createFixture({ algorithms: ['Ed25519'] })).faultOf(token), 'accepted');
  });

  test('only the configured typ when there is one', async () => {
    const { faultOf } = await createFixture({ tokenType: 'at+jwt' });
    assert.equal(await faultOf(mint({}, { typ: 'at+jwt' })), 'accepted');
    assert.equal(await faultOf(mint({}, { typ: 'application/AT+JWT' })), 'accepted');
    assert.equal(await faultOf(mint({}, { typ: 'JWT' })), 'type');
    assert.equal(await faultOf(mint({})), 'type');
  });
});

const tampered = mint({}).split('.');
const [GOOD_HEADER, GOOD_CLAIMS, GOOD_SIGNATURE] = [tampered[0]!, tampered[1]!, tampered[2]!];
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The last character of a 64-octet signature carries four bits that decoders drop. */
const respelled = GOOD_SIGNATURE.slice(0, -1) + String.fromCodePoint(GOOD_SIGNATURE.codePointAt(85)! + 1);

function hmacWithThePublicKey(): string {
  const input = `${encode({ alg: 'HS256', kid: 'key-1' })}.${GOOD_CLAIMS}`;
  const { x } = toPublicJwk(KEY);
  return `${input}.${createHmac('sha256', Buffer.from(x!, 'base64url')).update(input).digest('base64url')}`;
}

function signedWithRsa(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const input = `${encode({ alg: 'RS256', kid: 'key-1' })}.${GOOD_CLAIMS}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

const REFUSED: readonly (readonly [string, string, TokenFault])[] = [
  ['the empty token', '', 'malformed'],
  ['a word', 'token', 'malformed'],
  ['two parts', `${GOOD_HEADER}.${GOOD_CLAIMS}`, 'malformed'],
  ['four parts', `${tampered.join('.')}.x`, 'malformed'],
  ['five parts (JWE)', 'a.b.c.d.e', 'malformed'],
  ['an empty signature', `${GOOD_HEADER}.${GOOD_CLAIMS}.`, 'malformed'],
  ['padding', `${tampered.join('.')}==`, 'malformed'],
  ['standard base64', `${GOOD_HEADER}.${GOOD_CLAIMS}.${'+/'.repeat(43)}`, 'malformed'],
  ['a space at the end', `${tampered.join('.')} `, 'malformed'],
  ['a signature spelled in another way', `${GOOD_HEADER}.${GOOD_CLAIMS}.${respelled}`, 'malformed'],
  ['a header that is no JSON', signToken(KEY, 'x', '{}'), 'malformed'],
  ['a header that is an array', signToken(KEY, '[]', '{}'), 'malformed'],
  ['claims that are no object', rawClaims('"x"'), 'malformed'],
  ['claims that are null', rawClaims('null'), 'malformed'],
  [
    'claims that are not UTF-8',
    `${GOOD_HEADER}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.${GOOD_SIGNATURE}`,
    'malformed',
  ],
  ['alg none', `${encode({ alg: 'none', kid: 'key-1' })}.${GOOD_CLAIMS}.AA`, 'algorithm'],
  ['alg nOnE', mint({}, { alg: 'nOnE' }), 'algorithm'],
  ['no alg', mint({}, { alg: undefined }), 'algorithm'],
  ['an HMAC keyed with the public key', hmacWithThePublicKey(), 'algorithm'],
  ['an RSA signature', signedWithRsa(), 'algorithm'],
  ['alg ES256', mint({}, { alg: 'ES256' }), 'algorithm'],
  ['a critical extension', mint({}, { crit: ['exp'], exp: 1 }), 'critical-header'],
  ['an unencoded payload', mint({}, { b64: false, crit: ['b64'] }), 'critical-header'],
  ['a logout token', mint({}, { typ: 'logout+jwt' }), 'type'],
  ['a DPoP proof', mint({}, { typ: 'dpop+jwt' }), 'type'],
  ['a typ that is a number', mint({}, { typ: 1 }), 'type'],
  ['no kid', mint({}, { kid: undefined }), 'key-id'],
  ['an empty kid', mint({}, { kid: '' }), 'key-id'],
  ['a kid that is null', mint({}, { kid: null }), 'key-id'],
  ['a kid that is a number', mint({}, { kid: 1 }), 'key-id'],
  ['a long kid', mint({}, { kid: 'k'.repeat(256) }), 'key-id'],
  ['a kid that is a path', mint({}, { kid: '../../dev/null' }), 'unknown-key'],
  ['a kid that is a member of every object', mint({}, { kid: '__proto__' }), 'unknown-key'],
  ['no iss', mint({ iss: undefined }), 'issuer'],
  ['another iss', mint({ iss: `${TEST_ISSUER}/` }), 'issuer'],
  ['a list of iss', mint({ iss: [TEST_ISSUER] }), 'issuer'],
  ['no aud', mint({ aud: undefined }), 'audience'],
  ['another aud', mint({ aud: 'http://other.test' }), 'audience'],
  ['an empty aud', mint({ aud: [] }), 'audience'],
  ['an aud that is an object', mint({ aud: { [TEST_AUDIENCE]: 1 } }), 'audience'],
  ['an aud list that holds a number', mint({ aud: [TEST_AUDIENCE, 1] }), 'audience'],
  ['no exp', mint({ exp: undefined }), 'expiry'],
  ['a past exp', mint({ exp: NOW_S - 5 }), 'expiry'],
  ['an exp that is text', mint({ exp: String(NOW_S + 60) }), 'expiry'],
  ['an exp that is null', mint({ exp: null }), 'expiry'],
  ['an infinite exp', rawClaims(claimsText('"sub":"u","exp":1e400')), 'expiry'],
  ['an exp beyond the longest lifetime', mint({ exp: NOW_S + 86_406 }), 'lifetime'],
  ['an nbf in the future', mint({ nbf: NOW_S + 6 }), 'not-before'],
  ['an nbf that is text', mint({ nbf: 'now' }), 'not-before'],
  ['an iat in the future', mint({ iat: NOW_S + 6 }), 'issued-at'],
  ['an iat that is text', mint({ iat: 'now' }), 'issued-at'],
  ['no sub', mint({ sub: undefined }), 'subject'],
  ['an empty sub', mint({ sub: '' }), 'subject'],
  ['a sub that is null', mint({ sub: null }), 'subject'],
  ['a sub that is a number', mint({ sub: 5 }), 'subject'],
  ['a sub that is an object', mint({ sub: {} }), 'subject'],
  ['a sub that is a list', mint({ sub: ['u'] }), 'subject'],
  ['a long sub', mint({ sub: 's'.repeat(256) }), 'subject'],
  ['a sub with a NUL', mint({ sub: 'a\u0000b' }), 'subject'],
  ['a sub with a line feed', mint({ sub: 'a\nb' }), 'subject'],
  ['a sub with half of a character', rawClaims(claimsText(`"sub":"\\ud800","exp":${NOW_S + 60}`)), 'subject'],
  ['a key that nobody published', mintToken(createSigningKey('unknown'), { now: NOW }), 'unknown-key'],
  ['a signature by another key of the same id', mintToken(STRANGER, { now: NOW }), 'signature'],
  [
    'other claims under the signature',
    `${GOOD_HEADER}.${mint({ sub: 'admin' }).split('.')[1]}.${GOOD_SIGNATURE}`,
    'signature',
  ],
  [
    'another header under the signature',
    `${encode({ alg: 'EdDSA', kid: 'key-1', x: 1 })}.${GOOD_CLAIMS}.${GOOD_SIGNATURE}`,
    'signature',
  ],
  [
    'a signature of zeros',
    `${GOOD_HEADER}.${GOOD_CLAIMS}.${Buffer.alloc(64).toString('base64url')}`,
    'signature',
  ],
  [
    'a signature that is too short',
    `${GOOD_HEADER}.${GOOD_CLAIMS}.${Buffer.alloc(63).toString('base64url')}`,
    'signature',
  ],
  ['an embedded key', mintToken(STRANGER, { now: NOW, header: { jwk: toPublicJwk(STRANGER) } }), 'signature'],
];

suite('verifyToken refuses', () => {
  for (const [what, token, fault] of REFUSED) {
    test(what, async () => {
      assert.equal(await (await createFixture()).faultOf(token), fault);
    });
  }

  test('all of these before it asks for keys, unless nothing but the key is wrong', async () => {
    const { faultOf, state } = await createFixture();
    for (const [what, token, fault] of REFUSED) {
      state.lookups = 0;
      await faultOf(token);
      assert.equal(state.lookups, fault === 'unknown-key' || fault === 'signature' ? 1 : 0, what);
    }
  });

  test('every token without a word about it in message or header', async () => {
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
    assert.equal(await faultOf(token), 'expiry');
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
    const replaced = await parseKeySet(JSON.stringify({ keys: [toPublicJwk(STRANGER)] }), new Map());
    keys.set('key-1', replaced.get('key-1')!);
    assert.equal(await faultOf(token), 'signature');
  });

  test('no token that failed', async () => {
    const { faultOf, state } = await createFixture();
    const token = mintToken(STRANGER, { now: NOW });
    assert.equal(await faultOf(token), 'signature');
    assert.equal(await faultOf(token), 'signature');
    assert.equal(state.lookups, 2);
  });
});

suite('verifyToken without an Identity service', () => {
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
