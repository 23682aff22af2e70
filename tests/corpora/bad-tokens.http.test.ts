import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { assert as assertProperty, asyncProperty, integer } from 'fast-check';
import { loadConfig } from '#kernel/config/load-config.ts';
import { startAuth } from '#kernel/auth/start-auth.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import { createBadTokens } from '../kit/bad-tokens.ts';
import { startFakeIdentity } from '../kit/identity.ts';
import { startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';
import { createFakeAuthenticators } from '../kit/fake-authenticators.ts';

suite('bad tokens', async () => {
  const identity = await startFakeIdentity();
  const { auth: config } = loadConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
  });
  const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
  const api = await startKitchenSink({
    authenticators: { ...createFakeAuthenticators(), ...auth.authenticators },
  });
  after(async () => {
    await api[Symbol.asyncDispose]();
    auth.stop();
    await identity.close();
  });

  async function statusOf(token: string): Promise<number> {
    const response = await fetch(`${api.origin}/headers`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    if (response.status === 401) {
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/);
      assert.equal(JSON.parse(text).type, '/problems/invalid-token');
    }
    return response.status;
  }

  // @requirement 2, 21
  test('of every kind are 401 invalid_token, and a good one is not', async () => {
    const good = identity.token();
    assert.equal(await statusOf(good), 200);
    // What lies a second too far in the future is good a second later: those are made for a later time.
    const ofLater = new Set(['lifetime', 'not-before', 'issued-at']);
    const now = Date.now();
    const kinds = [
      ...createBadTokens(identity.key, new Date(now)).filter(([, , fault]) => !ofLater.has(fault)),
      ...createBadTokens(identity.key, new Date(now + 60_000)).filter(([, , fault]) => ofLater.has(fault)),
      // Header text is trimmed on its way, which mends a token with a space at its end.
    ].filter(([what]) => what !== 'a space at the end' && what !== 'the empty token');
    for (const [what, token] of kinds) {
      assert.equal(await statusOf(token), 401, what);
    }
    assert.equal(identity.strayHits, 0);
    assert.equal(await statusOf(good), 200);
  });

  // @requirement 21
  test('that differ from a good one in any character are 401', async () => {
    const good = identity.token();
    await assertProperty(
      asyncProperty(
        integer({ min: 0, max: good.length - 1 }),
        integer({ min: 1, max: 63 }),
        async (at, by) => {
          const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
          const old = alphabet.indexOf(good[at] ?? '');
          const replacement = old === -1 ? 'A' : alphabet[(old + by) % alphabet.length];
          const token = `${good.slice(0, at)}${replacement}${good.slice(at + 1)}`;
          // A flipped key id is an unknown key, about which nobody can tell while the fetches are used up.
          assert.ok([401, 503].includes(await statusOf(token)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
