import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, suite, test } from 'node:test';
import { loadConfig } from '#kernel/config/load-config.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { startAuth } from '#kernel/auth/start-auth.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import { createBadTokens } from '../../kit/bad-tokens.ts';
import { startFakeIdentity, type Behaviour, type FakeIdentity } from '../../kit/identity.ts';
import type { TestApp } from '../../kit/app.ts';
import { sendRaw } from '../../kit/call.ts';
import { createFakeAuthenticators } from '../../kit/fake-authenticators.ts';
import { startKitchenSink } from '../kitchen-sink/start-kitchen-sink.ts';
import { createSigningKey, mintToken } from '../../kit/tokens.ts';

const NO_CREDENTIALS = 'Bearer';
const NOT_VALID = 'Bearer error="invalid_token", error_description="The access token is not valid"';

/** The kitchen sink behind the real verification of tokens, and the Identity service that it trusts. */
async function startWithRealTokens(variables: Readonly<Record<string, string>> = {}): Promise<
  AsyncDisposable & {
    readonly api: TestApp;
    readonly identity: FakeIdentity;
    readonly lines: readonly string[];
  }
> {
  const resources = new AsyncDisposableStack();
  const identity = resources.use(await startFakeIdentity());
  const { auth: config } = loadConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
    ...variables,
  });
  const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
  resources.defer(() => auth.stop());
  const authenticators = { ...createFakeAuthenticators(), ...auth.authenticators };
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const api = resources.use(await startKitchenSink({ authenticators, logger }));
  return { api, identity, lines, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** The status and the challenge that a raw `GET` with these header lines is answered with. */
async function answerTo(
  api: TestApp,
  target: string,
  ...lines: readonly string[]
): Promise<[string, string]> {
  const head = [`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', ''];
  const answer = await sendRaw(api, head);
  const challenge = /\r\nwww-authenticate: ([^\r]*)/i.exec(answer)?.[1] ?? '';
  return [answer.slice(9, 12), challenge];
}

suite('credentials', async () => {
  const { api, identity, lines: logged, [Symbol.asyncDispose]: end } = await startWithRealTokens();
  after(() => end());
  const good = identity.token();

  // @requirement 1
  test('that are missing are asked for, without an error', async () => {
    assert.deepEqual(await answerTo(api, '/headers'), ['401', NO_CREDENTIALS]);
  });

  for (const line of ['Basic YTpi', 'Basic bearer', `Basic ${good}`, 'Digest a="b"', 'Bearerx', '']) {
    // @requirement 3
    test(`of the scheme in "${line.slice(0, 20)}" are none`, async () => {
      assert.deepEqual(await answerTo(api, '/headers', `Authorization: ${line}`), ['401', NO_CREDENTIALS]);
    });
  }

  for (const [what, token] of [
    ['nothing', ''],
    ['two spaces before it', ` ${good}`],
    ['three parts', `${good} x`],
    ['two tokens', `${good}, Bearer ${good}`],
    ['twelve kilobytes', 'a'.repeat(12_288)],
    ['a key id of ten kilobytes', mintToken(identity.key, { header: { kid: 'k'.repeat(10_000) } })],
  ] as const) {
    // @requirement 2, 3, 19
    test(`whose token is ${what} are 401 invalid_token`, async () => {
      assert.deepEqual(await answerTo(api, '/headers', `Authorization: Bearer ${token}`), ['401', NOT_VALID]);
    });
  }

  // @requirement 2
  test('that expired are told so', async () => {
    const token = identity.token({ claims: { exp: Math.floor(Date.now() / 1000) - 600 } });
    assert.deepEqual(await answerTo(api, '/headers', `Authorization: Bearer ${token}`), [
      '401',
      'Bearer error="invalid_token", error_description="The access token expired"',
    ]);
    assert.ok(logged.some((line) => line.includes('"refusal":"token expired"')));
  });

  // @requirement 5
  test('are taken in any case of their scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      assert.equal((await answerTo(api, '/headers', `Authorization: ${scheme} ${good}`))[0], '200');
    }
  });

  // @requirement 4
  test('sent more than once are 400 invalid_request', async () => {
    const line = `Authorization: Bearer ${good}`;
    for (const [target, ...lines] of [
      ['/headers', line, line],
      ['/headers', line, 'Authorization: Basic YTpi'],
      ['/headers?access_token=x', line],
      ['/headers?access%5Ftoken=x', line],
    ] as const) {
      const [status, challenge] = await answerTo(api, target, ...lines);
      assert.equal(status, '400', target);
      assert.match(challenge, /^Bearer error="invalid_request"/);
    }
  });

  // @requirement 6
  test('are taken neither from the query nor from a form', async () => {
    assert.deepEqual(await answerTo(api, `/headers?access_token=${good}`), ['401', NO_CREDENTIALS]);
    const body = new URLSearchParams({ access_token: good, name: 'a' });
    const response = await api.fetch('/form', { method: 'POST', body });
    assert.deepEqual([response.status, response.headers.get('www-authenticate')], [401, NO_CREDENTIALS]);
  });

  // @requirement 8
  test('never make the API ask for keys where a token says', async () => {
    let asked = 0;
    await using trap = createServer((_, response) => {
      asked += 1;
      response.end('{"keys":[]}');
    }).listen(0, '127.0.0.1');
    await once(trap, 'listening');
    const address = trap.address();
    assert.ok(address !== null && typeof address === 'object');
    const elsewhere = `http://127.0.0.1:${address.port}/jwks`;
    const others = createBadTokens(identity.key, new Date(), elsewhere).filter(([what]) =>
      /elsewhere|embedded/.test(what),
    );
    assert.equal(others.length, 4);
    for (const [what, token] of others) {
      assert.deepEqual(
        await answerTo(api, '/headers', `Authorization: Bearer ${token}`),
        ['401', NOT_VALID],
        what,
      );
    }
    // Beside a good signature they are members like any other that nobody reads.
    const header = { jku: elsewhere, x5u: elsewhere, x5c: ['MIIB'] };
    const own = mintToken(identity.key, { header });
    assert.equal((await answerTo(api, '/headers', `Authorization: Bearer ${own}`))[0], '200');
    assert.deepEqual([asked, identity.strayHits], [0, 0]);
  });

  // @requirement 17
  test('without a key id are 401, with one key published and with several', async () => {
    const nameless = mintToken(identity.key, { header: { kid: undefined } });
    assert.deepEqual(await answerTo(api, '/headers', `Authorization: Bearer ${nameless}`), [
      '401',
      NOT_VALID,
    ]);
    identity.rotate();
    assert.equal((await answerTo(api, '/headers', `Authorization: Bearer ${identity.token()}`))[0], '200');
    assert.deepEqual(await answerTo(api, '/headers', `Authorization: Bearer ${nameless}`), [
      '401',
      NOT_VALID,
    ]);
  });
});

suite('while the Identity service misbehaves', () => {
  // @requirement 24
  test('a known key is not kept waiting by the search for an unknown one', async () => {
    await using started = await startWithRealTokens({ AUTH_JWKS_TIMEOUT_MS: '1000' });
    const { api, identity } = started;
    identity.behaviour = 'hang';
    const order: string[] = [];
    const ask = async (what: string, token: string): Promise<number> => {
      const { status } = await api.fetch('/headers', { token });
      order.push(what);
      return status;
    };
    const unknown = ask('unknown', mintToken(createSigningKey('new')));
    while (identity.hits < 2) await new Promise(setImmediate);
    assert.equal(await ask('known', identity.token()), 200);
    assert.equal(await unknown, 503);
    assert.deepEqual(order, ['known', 'unknown']);
  });

  const behaviours = [
    'error',
    'stall',
    'empty',
    'html',
    'not-json',
    'redirect',
    'no-usable-key',
    'flood',
    'endless',
  ] as const satisfies readonly Behaviour[];
  for (const behaviour of behaviours) {
    // @requirement 25, 31
    test(`the keys at hand stay good, and an unknown one is 503 with Retry-After: ${behaviour}`, async () => {
      await using started = await startWithRealTokens({ AUTH_JWKS_TIMEOUT_MS: '200' });
      const { api, identity } = started;
      identity.behaviour = behaviour;
      const unknown = await api.fetch('/headers', { token: mintToken(createSigningKey('new')) });
      assert.deepEqual([unknown.status, unknown.headers.get('retry-after')], [503, '5']);
      assert.equal(unknown.headers.get('www-authenticate'), null);
      assert.doesNotMatch(await unknown.text(), /secret|127\.0\.0\.1|ECONN|redirect/);
      assert.equal(identity.hits, 2);
      assert.equal((await api.fetch('/headers', { token: identity.token() })).status, 200);
      assert.equal(identity.strayHits, 0);
    });
  }
});
