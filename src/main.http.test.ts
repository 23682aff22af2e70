import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { compileCache } from '#tests/kit/compile-cache.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { protectedPath } from '#tests/kit/own-operations.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const CANARY = 'canary-5e1f';

/** Nothing listens there: the API starts without a database and says so. */
const NO_DATABASE = `postgres://api:${CANARY}@127.0.0.1:1/api`;

/** The API as a process of its own, with these variables and no others. */
function run(context: TestContext, variables: Record<string, string>, ...flags: string[]) {
  const child = spawn(process.execPath, [MAIN, ...flags], {
    env: { ...compileCache, ...variables },
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
    // Whichever comes first: a process that ended says nothing more.
    await Promise.race([once(child.stdout!, 'data'), once(child, 'close')]);
  }
}

/** A port of this machine that a server of the test has, until that is closed. */
async function occupyPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { server, port: address.port };
}

async function freePort(): Promise<number> {
  const { server, port } = await occupyPort();
  server.close();
  await once(server, 'close');
  return port;
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
  };
}

suite('the process', () => {
  test('names every unusable variable at once, without a value, and exits 1', async (context) => {
    const { said, ended } = run(context, {
      PORT: CANARY,
      DATABASE_URL: `mysql://${CANARY}`,
    });
    assert.equal(await ended, 1);
    assert.deepEqual(said.err.split('\n').slice(1), [
      '  PORT: must be a whole number from 0 to 65535',
      '  DATABASE_URL: must be a URL like postgres://user:password@host:5432/database',
      '  AUTH_JWKS_URL: is missing',
      '  AUTH_ISSUER: is missing',
      '  AUTH_AUDIENCE: is missing',
      '',
    ]);
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

  // @requirement 22
  test('does not start without the Identity service and says so on one line', async (context) => {
    await using identity = await startFakeIdentity();
    identity.behaviour = 'error';
    const { said, ended } = run(context, {
      ...variablesFor(identity),
      AUTH_JWKS_START_TIMEOUT_SECONDS: '1',
    });
    assert.equal(await ended, 1);
    const start = `The API cannot start. No keys from the Identity service within 1 s: AUTH_JWKS_URL is ${identity.jwksUrl}, and `;
    // A machine that is busy enough has not heard the answer in time.
    const reasons = ['it answered 500', 'no answer within 2000 ms'];
    assert.ok(
      reasons.some((reason) => said.err === `${start}${reason}. Is it running?\n`),
      said.err,
    );
  });

  test('says that its port is taken', async (context) => {
    await using identity = await startFakeIdentity();
    const { server, port } = await occupyPort();
    context.after(() => server.close());
    const { said, ended } = run(context, { ...variablesFor(identity), PORT: String(port) });
    assert.equal(await ended, 1);
    assert.match(
      said.err,
      new RegExp(`^The API cannot start\\. Port ${port} on 127\\.0\\.0\\.1 is taken.*\\n$`),
    );
  });

  test('says that its port for metrics is taken', async (context) => {
    await using identity = await startFakeIdentity();
    const { server, port } = await occupyPort();
    context.after(() => server.close());
    const { said, ended } = run(context, { ...variablesFor(identity), METRICS_PORT: String(port) });
    assert.equal(await ended, 1);
    assert.equal(
      said.err,
      `The API cannot start. Port ${port} on 127.0.0.1 is taken: stop the other process or set METRICS_PORT to a free one.\n`,
    );
  });

  // @requirement 30
  test(
    'shows the failures of the Identity service in its metrics and stays ready',
    { timeout: 60_000 },
    async (context) => {
      await using identity = await startFakeIdentity();
      await using database = await createTestDatabase();
      const metricsPort = await freePort();
      const { child, said, ended } = run(context, {
        ...variablesFor(identity),
        DATABASE_URL: database.url,
        METRICS_PORT: String(metricsPort),
        AUTH_JWKS_REFRESH_SECONDS: '1',
      });
      const url = `http://127.0.0.1:${await servingPort(child, said)}`;
      const metric = async (name: string): Promise<number> => {
        const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
        const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
        assert.ok(line, `no ${name} in ${text}`);
        return Number(line.slice(name.length + 1));
      };
      const failures = 'auth_jwks_fetch_total{result="failure"}';
      // Not necessarily none: on a busy machine a fetch may have taken too long.
      const failuresBefore = await metric(failures);
      assert.equal(await metric('auth_jwks_keys'), 1);
      assert.equal((await fetch(`${url}/metrics`)).status, 404);

      identity.behaviour = 'error';
      while ((await metric(failures)) < failuresBefore + 2) await sleep(50);
      const lastSuccess = await metric('auth_jwks_last_success_timestamp_seconds');
      assert.ok(lastSuccess > 0 && lastSuccess <= Date.now() / 1000);
      assert.ok((await metric('auth_jwks_age_seconds')) > 0);
      assert.equal(await metric('auth_jwks_keys'), 1);
      const health = await fetch(`${url}/healthz`);
      assert.equal(health.status, 200);
      assert.deepEqual(await health.json(), { status: 'ready', database: 'up' });
      const authorization = `Bearer ${identity.token()}`;
      assert.equal((await fetch(url + protectedPath(), { headers: { authorization } })).status, 200);

      child.kill('SIGTERM');
      assert.equal(await ended, 0);
    },
  );

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

  test('logs what never reached the app under the id that the client was given', async (context) => {
    await using identity = await startFakeIdentity();
    const { child, said } = run(context, variablesFor(identity));
    const socket = connect(await servingPort(child, said), '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
    socket.write(`GET /${CANARY} HTTP/9.9\r\n\r\n`);
    await once(socket, 'close');
    const id = /^x-request-id: (\S+)\r$/im.exec(answer)?.[1];
    assert.ok(id !== undefined, answer);
    while (!said.out.includes(id)) await once(child.stdout, 'data');
    const line = said.out.split('\n').find((text) => text.includes(id));
    assert.match(line ?? '', /"status":400,"reason":"HPE_INVALID_VERSION"/);
    assert.ok(!said.out.includes(CANARY));
  });

  // @requirement 20
  test('answers 401 without credentials and with bad ones, without a database', async (context) => {
    await using identity = await startFakeIdentity();
    const { child, said } = run(context, variablesFor(identity));
    const url = `http://127.0.0.1:${await servingPort(child, said)}${protectedPath()}`;
    const none = await fetch(url);
    assert.equal(none.status, 401);
    assert.equal(none.headers.get('www-authenticate'), 'Bearer');
    const token = identity.token({ claims: { aud: 'other', sub: CANARY } });
    const bad = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(bad.status, 401);
    assert.match(bad.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/);
    const good = await fetch(url, { headers: { authorization: `Bearer ${identity.token()}` } });
    // A module that needs no database answers even so.
    assert.ok([200, 503].includes(good.status), String(good.status));
    assert.ok(!said.out.includes(token) && !said.out.includes(CANARY));
  });
});
