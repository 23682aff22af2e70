import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import { loadConfig } from '../../../src/kernel/config/load-config.ts';
import { startAuth, type Auth } from '../../../src/kernel/auth/start-auth.ts';
import type { Credentials } from '../../../src/kernel/contract/authenticator.ts';
import { systemClock } from '../../../src/kernel/domain/clock.ts';
import { startFakeIdentity } from '../../../src/testing/identity.ts';
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
    const keys = async (url: string) => {
      const answer = await fetch(url);
      const body = record(await answer.text());
      assert.ok(Array.isArray(body['keys']));
      return {
        type: answer.headers.get('content-type'),
        members: shape(body),
        key: shape(record(JSON.stringify(body['keys'][0]))),
      };
    };
    assert.deepEqual(await keys(fake.jwksUrl), await keys(identity.jwksUrl));
    const [real, faked] = [decode(await requestToken(identity.url, COOK)), decode(fake.token())];
    assert.deepEqual(shape(faked.header), shape(real.header));
    assert.equal(faked.header['alg'], real.header['alg']);
    assert.deepEqual(shape(faked.claims), shape(real.claims));
    assert.equal(lifetime(faked), lifetime(real));
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
