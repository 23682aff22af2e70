import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import { loadConfig } from '../../../src/kernel/config/load-config.ts';
import { startAuth, type Auth } from '../../../src/kernel/auth/start-auth.ts';
import type { Credentials } from '../../../src/kernel/contract/ports.ts';
import { systemClock } from '../../../src/kernel/domain/clock.ts';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { IdentityRequestError, requestToken } from './request-token.ts';
import { startIdentity, type RunningIdentity } from './start-identity.ts';

const AUDIENCE = 'http://127.0.0.1:4000';
const COOK = { email: 'cook@example.com', password: 'a-local-password' };

const dataDir = await mkdtemp(join(tmpdir(), 'identity-'));
const identity = await startIdentity({ dataDir, port: 0, audience: AUDIENCE });
after(async () => {
  await identity.stop();
  await rm(dataDir, { recursive: true });
});

/** Authentication as the API sets it up, over an Identity service. */
async function startAuthOver(
  { jwksUrl, url }: Pick<RunningIdentity, 'jwksUrl' | 'url'>,
  audience = AUDIENCE,
) {
  const { auth } = loadConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    AUTH_JWKS_URL: jwksUrl,
    AUTH_ISSUER: url,
    AUTH_AUDIENCE: audience,
    AUTH_JWKS_START_TIMEOUT_SECONDS: '1',
  });
  return startAuth({ config: auth, clock: systemClock, log: { info() {}, warn() {} } });
}

/** Whom a token speaks for, as the API would ask. */
function toAuthenticate(auth: Auth) {
  return (credentials: Credentials) => auth.authenticators['bearerAuth']!.authenticate(credentials);
}

function bearer(token: string) {
  return { query: '', headerLines: (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : []) };
}

interface Decoded {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

function decode(token: string): Decoded {
  const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return { header: record(header!), claims: record(claims!) };
}

function record(json: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(JSON.parse(json)));
}

/** In seconds. */
function lifetime({ claims }: Decoded): number {
  return Number(claims['exp']) - Number(claims['iat']);
}

/** Names and types of members: what two services have in common when they speak alike. */
function shape(value: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, typeof value[key]]),
  );
}

/** The first key of a key set, and what the answer with it is like. */
async function keysAt(url: string) {
  const answer = await fetch(url);
  const body = record(await answer.text());
  const { keys } = body;
  assert.ok(Array.isArray(keys));
  const headers = ['content-type', 'cache-control', 'etag', 'expires', 'last-modified'];
  return {
    answer: {
      status: answer.status,
      members: shape(body),
      // Caches are told nothing: how long keys are good is the verifier's to know.
      headers: headers.map((name) => answer.headers.get(name)),
    },
    key: record(JSON.stringify(keys[0])),
  };
}

suite('the local Identity service', () => {
  test('signs tokens that the API accepts', async () => {
    const auth = await startAuthOver(identity);
    try {
      const user = await toAuthenticate(auth)(bearer(await requestToken(identity.url, COOK)));
      assert.match(user!.subject, /^[A-Za-z0-9]{32}$/);
    } finally {
      auth.stop();
    }
  });

  test('knows a user again', async () => {
    const [first, second] = [await requestToken(identity.url, COOK), await requestToken(identity.url, COOK)];
    assert.equal(decode(first).claims['sub'], decode(second).claims['sub']);
    const other = await requestToken(identity.url, { ...COOK, email: 'guest@example.com' });
    assert.notEqual(decode(first).claims['sub'], decode(other).claims['sub']);
  });

  test('puts no personal data in tokens', async () => {
    const { claims } = decode(await requestToken(identity.url, COOK));
    assert.deepEqual(Object.keys(claims).toSorted(), ['aud', 'exp', 'iat', 'iss', 'sub']);
  });

  test('says what was wrong', async () => {
    await assert.rejects(
      requestToken(identity.url, { ...COOK, password: 'another-password' }),
      IdentityRequestError,
    );
    await assert.rejects(
      requestToken(identity.url, { email: 'x@example.com', password: 'short' }),
      /Password too short/,
    );
  });

  test('keeps its users and keys when it starts again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'identity-'));
    try {
      const options = { dataDir: folder, port: 0, audience: AUDIENCE };
      const first = await startIdentity(options);
      const before = decode(await requestToken(first.url, COOK));
      await first.stop();
      const second = await startIdentity(options);
      const again = decode(await requestToken(second.url, COOK));
      await second.stop();
      assert.equal(again.claims['sub'], before.claims['sub']);
      assert.equal(again.header['kid'], before.header['kid']);
      assert.equal((await stat(join(folder, 'secret'))).mode & 0o777, 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

suite('the fake Identity service of the tests', () => {
  test('speaks like better-auth', async () => {
    await using fake = await startFakeIdentity();
    const [fakeToken, realToken] = [fake.token(), await requestToken(identity.url, COOK)];
    const [faked, real] = [await keysAt(fake.jwksUrl), await keysAt(identity.jwksUrl)];
    assert.deepEqual(faked.answer, real.answer);
    assert.deepEqual(shape(faked.key), shape(real.key));
    for (const name of ['kty', 'crv', 'alg']) assert.equal(faked.key[name], real.key[name], name);
    for (const { key } of [faked, real]) {
      assert.match(String(key['x']), /^[A-Za-z0-9_-]{43}$/);
      assert.match(String(key['kid']), /^[A-Za-z0-9]{32}$/);
    }
    const [fakeParts, realParts] = [decode(fakeToken), decode(realToken)];
    assert.deepEqual(shape(fakeParts.header), shape(realParts.header));
    assert.equal(fakeParts.header['alg'], realParts.header['alg']);
    assert.deepEqual(shape(fakeParts.claims), shape(realParts.claims));
    assert.equal(lifetime(fakeParts), lifetime(realParts));
  });

  test('signs as better-auth does, with the key that it publishes under the id of the token', async () => {
    await using fake = await startFakeIdentity();
    for (const [token, jwksUrl] of [
      [fake.token(), fake.jwksUrl],
      [await requestToken(identity.url, COOK), identity.jwksUrl],
    ] as const) {
      const { key } = await keysAt(jwksUrl);
      assert.equal(decode(token).header['kid'], key['kid']);
      assert.match(token, /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/);
      const at = token.lastIndexOf('.');
      const publicKey = createPublicKey({ format: 'jwk', key });
      const signature = Buffer.from(token.slice(at + 1), 'base64url');
      assert.ok(verify(null, Buffer.from(token.slice(0, at)), publicKey, signature), jwksUrl);
    }
  });
});

suite('authentication over HTTP', () => {
  test('does not start without keys and says why on one line', async () => {
    await using fake = await startFakeIdentity();
    for (const [behaviour, reason] of [
      ['redirect', 'a redirect'],
      ['empty', 'no Ed25519 key'],
      ['html', 'not JSON'],
      ['error', 'answered 500'],
    ] as const) {
      fake.behaviour = behaviour;
      await assert.rejects(startAuthOver({ jwksUrl: fake.jwksUrl, url: fake.issuer }), (error: Error) => {
        assert.match(error.message, new RegExp(`AUTH_JWKS_URL is ${fake.jwksUrl}, .*${reason}`));
        return !error.message.includes('\n');
      });
    }
    assert.equal(fake.strayHits, 0);
  });

  test('waits for a service that is still starting', async () => {
    await using fake = await startFakeIdentity();
    fake.behaviour = 'error';
    setTimeout(() => {
      fake.behaviour = 'good';
    }, 150);
    const auth = await startAuthOver({ jwksUrl: fake.jwksUrl, url: fake.issuer });
    auth.stop();
    assert.ok(fake.hits > 1);
  });

  test('follows a rotation, keeps the old key, and never fetches what a token names', async () => {
    await using fake = await startFakeIdentity();
    const auth = await startAuthOver({ jwksUrl: fake.jwksUrl, url: fake.issuer }, fake.audience);
    try {
      const authenticate = toAuthenticate(auth);
      const old = fake.token();
      await authenticate(bearer(old));
      fake.rotate();
      await authenticate(bearer(fake.token()));
      await authenticate(bearer(old));
      const lure = fake.jwksUrl.replace('/api/auth/jwks', '/lure');
      await authenticate(bearer(fake.token({ header: { jku: lure, x5u: lure } })));
      assert.equal(fake.hits, 2);
      assert.equal(fake.strayHits, 0);
    } finally {
      auth.stop();
    }
  });

  test('goes on while the service hangs', async () => {
    await using fake = await startFakeIdentity();
    const auth = await startAuthOver({ jwksUrl: fake.jwksUrl, url: fake.issuer }, fake.audience);
    try {
      const authenticate = toAuthenticate(auth);
      fake.behaviour = 'hang';
      const known = fake.token();
      fake.rotate({ publish: false });
      const unknown = authenticate(bearer(fake.token()));
      assert.ok(await authenticate(bearer(known)));
      await assert.rejects(unknown, { kind: 'unavailable' });
    } finally {
      auth.stop();
    }
  });
});
