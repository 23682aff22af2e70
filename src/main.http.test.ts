import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startFakeIdentity } from './testing/identity.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const CANARY = 'canary-5e1f';

/** Nothing listens there: the API starts without a database and says so. */
const NO_DATABASE = `postgres://api:${CANARY}@127.0.0.1:1/api`;

/** The API as a process of its own, with these variables and no others. */
function run(context: TestContext, variables: Record<string, string>, ...flags: string[]) {
  const child = spawn(process.execPath, [MAIN, ...flags], {
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  context.after(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, said, ended };
}

/** Waits until the API says where it serves. */
async function servingPort(child: ChildProcess, said: { out: string; err: string }): Promise<number> {
  for (;;) {
    const port = /"port":([0-9]+).*"Serving"/.exec(said.out)?.[1];
    if (port !== undefined) return Number(port);
    if (child.exitCode !== null) assert.fail(`it ended: ${said.err}${said.out}`);
    await once(child.stdout!, 'data');
  }
}

function variablesFor(identity: {
  jwksUrl: string;
  issuer: string;
  audience: string;
}): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: NO_DATABASE,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
    AUTH_JWKS_START_TIMEOUT_SECONDS: '1',
  };
}

suite('the process', () => {
  test('names every unusable variable at once, without a value, and exits 1', async (context) => {
    const { said, ended } = run(context, {
      PORT: CANARY,
      DATABASE_URL: `mysql://${CANARY}`,
      AUTH_JWKS_URI: 'x',
    });
    assert.equal(await ended, 1);
    assert.deepEqual(said.err.split('\n').slice(2), [
      '  PORT: must be a whole number from 0 to 65535',
      '  DATABASE_URL: must be a URL like postgres://user:password@host:5432/database',
      '  AUTH_JWKS_URL: is missing',
      '  AUTH_ISSUER: is missing',
      '  AUTH_AUDIENCE: is missing',
      '',
    ]);
    assert.equal(
      said.err.split('\n')[0],
      'AUTH_JWKS_URI is set, but nothing reads it: is AUTH_JWKS_URL meant?',
    );
    assert.ok(!`${said.err}${said.out}`.includes(CANARY));
  });

  test('checks its environment and does no more with --check-config', async (context) => {
    const variables = {
      DATABASE_URL: NO_DATABASE,
      AUTH_JWKS_URL: 'https://nowhere.test/jwks',
      AUTH_ISSUER: 'i',
      AUTH_AUDIENCE: 'a',
    };
    const good = run(context, variables, '--check-config');
    assert.equal(await good.ended, 0);
    assert.equal(good.said.err, 'The environment is usable.\n');
    assert.equal(await run(context, {}, '--check-config').ended, 1);
  });

  test('refuses arguments that it does not know', async (context) => {
    const { said, ended } = run(context, {}, '--verbose');
    assert.equal(await ended, 2);
    assert.equal(said.err.split('\n').length, 2);
  });

  test('does not start without the Identity service and says so on one line', async (context) => {
    await using identity = await startFakeIdentity();
    identity.behaviour = 'error';
    const { said, ended } = run(context, variablesFor(identity));
    assert.equal(await ended, 1);
    assert.equal(
      said.err,
      `The API cannot start. No keys from the Identity service within 1 s: AUTH_JWKS_URL is ${identity.jwksUrl}, and it answered 500. Is it running?\n`,
    );
  });

  test('says that its port is taken', async (context) => {
    await using identity = await startFakeIdentity();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    context.after(() => server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { said, ended } = run(context, { ...variablesFor(identity), PORT: String(port) });
    assert.equal(await ended, 1);
    assert.match(
      said.err,
      new RegExp(`^The API cannot start\\. Port ${port} on 127\\.0\\.0\\.1 is taken.*\\n$`),
    );
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`serves until ${signal} and exits 0, with a connection left open`, async (context) => {
      await using identity = await startFakeIdentity();
      const { child, said, ended } = run(context, variablesFor(identity));
      const url = `http://127.0.0.1:${await servingPort(child, said)}`;
      assert.equal((await fetch(`${url}/livez`)).status, 200);
      assert.equal((await fetch(`${url}/healthz`)).status, 503);
      child.kill(signal);
      assert.equal(await ended, 0);
      assert.match(said.out, /DATABASE_URL/);
      assert.ok(!`${said.err}${said.out}`.includes(CANARY));
    });
  }

  test('answers 401 without credentials and with bad ones, without a database', async (context) => {
    await using identity = await startFakeIdentity();
    const { child, said } = run(context, variablesFor(identity));
    const url = `http://127.0.0.1:${await servingPort(child, said)}/recipes`;
    const none = await fetch(url);
    assert.equal(none.status, 401);
    assert.equal(none.headers.get('www-authenticate'), 'Bearer');
    const token = identity.token({ claims: { aud: 'other', sub: CANARY } });
    const bad = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(bad.status, 401);
    assert.match(bad.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/);
    const good = await fetch(url, { headers: { authorization: `Bearer ${identity.token()}` } });
    assert.equal(good.status, 503);
    assert.ok(!said.out.includes(token) && !said.out.includes(CANARY));
  });
});
