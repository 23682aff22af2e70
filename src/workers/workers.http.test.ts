import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compileCache } from '#tests/kit/compile-cache.ts';
import { startFakeIdentity, type FakeIdentity } from '#tests/kit/identity.ts';
import { findFreePort } from '../../scripts/postgres/free-port.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const LINE_MS = 20;
/** A request that is not answered by then never is. */
const LOST_MS = 5000;

/** A line of the log. */
type Line = Readonly<Record<string, unknown>>;

/** Starts two workers without a database, which what is asked of them here does not need. */
async function start(
  context: TestContext,
  identity: Pick<FakeIdentity, 'jwksUrl' | 'issuer' | 'audience'>,
  variables: Readonly<Record<string, string>> = {},
) {
  const port = await findFreePort('127.0.0.1');
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...compileCache,
      PORT: String(port),
      WORKERS: '2',
      RATE_LIMIT_STORE: 'memory',
      DATABASE_URL: 'postgres://api:secret@127.0.0.1:1/api',
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
      // Nothing answers there: what is waited for in vain is not waited for long.
      DATABASE_ACQUIRE_TIMEOUT_MS: '500',
      DRAIN_TIMEOUT_MS: '2500',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  context.after(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(() => child.exitCode);
  const lines = (message: string): Line[] =>
    said.out
      .split('\n')
      .slice(0, -1)
      .map((line): Line => JSON.parse(line))
      .filter(({ msg }) => msg === message);
  return {
    child,
    said,
    ended,
    lines,
    port,
    origin: `http://127.0.0.1:${port}`,
    /** Waits until so many lines say it. */
    async hear(message: string, count: number): Promise<Line[]> {
      for (;;) {
        const heard = lines(message);
        if (heard.length >= count) return heard;
        if (child.exitCode !== null) assert.fail(`it ended: ${said.err}${said.out}`);
        await sleep(LINE_MS);
      }
    },
  };
}

/** A database that takes connections and says nothing: what asks it waits. */
async function startSilentDatabase(context: TestContext) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { sockets, url: `postgres://api:secret@127.0.0.1:${address.port}/api` };
}

suite('WORKERS=2', () => {
  test('serves on one port with two processes, and ends with 0', async (context) => {
    await using identity = await startFakeIdentity();
    const api = await start(context, identity);
    const [first, second] = await api.hear('A worker serves', 2);
    assert.notEqual(first?.['pid'], second?.['pid']);
    // Each connection goes to the next worker: so do the lines of the log.
    for (let count = 0; count < 4; count += 1) {
      assert.equal((await fetch(`${api.origin}/livez`, { headers: { connection: 'close' } })).status, 200);
    }
    api.child.kill('SIGTERM');
    assert.equal(await api.ended, 0, api.said.err);
    assert.equal(api.lines('Ended').length, 2);
    assert.equal(api.said.err, '');
  });

  test('replaces a worker that dies while it is asked, and answers all the time', async (context) => {
    await using identity = await startFakeIdentity();
    const api = await start(context, identity);
    const [killed] = await api.hear('A worker serves', 2);
    process.kill(Number(killed?.['pid']), 'SIGKILL');
    let cut = 0;
    while (api.lines('A worker serves').length < 3) {
      // One connection may have been on its way to the dead worker; every other is answered.
      await get(`${api.origin}/livez`).catch(() => (cut += 1));
    }
    assert.ok(cut <= 1, `${cut} requests were lost`);
    const [{ worker, signal } = {}] = api.lines('A worker ended: another one takes its place');
    assert.deepEqual([worker, signal], [killed?.['worker'], 'SIGKILL']);
    assert.equal(await get(`${api.origin}/livez`), 200);
    api.child.kill('SIGTERM');
    assert.equal(await api.ended, 0);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`answers the requests under way at ${signal} before it ends with 0`, async (context) => {
      await using identity = await startFakeIdentity();
      const database = await startSilentDatabase(context);
      const api = await start(context, identity, { DATABASE_URL: database.url });
      const workers = await api.hear('A worker serves', 2);
      const known = database.sockets.length;
      // Each worker has some of them, and waits for its database.
      const answers = [1, 2, 3, 4].map(() => get(`${api.origin}/healthz`));
      while (database.sockets.length < known + 2) await sleep(LINE_MS);
      // As a terminal does it: to the workers too.
      if (signal === 'SIGINT') for (const { pid } of workers) process.kill(Number(pid), signal);
      api.child.kill(signal);
      assert.deepEqual(await Promise.all(answers), [503, 503, 503, 503]);
      assert.equal(await api.ended, 0, api.said.out);
      assert.equal(api.lines('Ending: finishing the requests under way').length, 2);
    });
  }

  test('is told apart by /healthz while it ends', async (context) => {
    await using identity = await startFakeIdentity();
    const api = await start(context, identity, { DRAIN_DELAY_MS: '1000' });
    await api.hear('A worker serves', 2);
    api.child.kill('SIGTERM');
    await api.hear('Ending: finishing the requests under way', 2);
    for (let count = 0; count < 4; count += 1) {
      const response = await fetch(`${api.origin}/healthz`);
      assert.equal(response.status, 503);
      assert.deepEqual(await response.json(), { status: 'draining' });
    }
    assert.equal(await api.ended, 0);
  });

  test('serves the metrics of all workers together', async (context) => {
    await using identity = await startFakeIdentity();
    const metricsPort = await findFreePort('127.0.0.1');
    const api = await start(context, identity, { METRICS_PORT: String(metricsPort) });
    await api.hear('A worker serves', 2);
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    assert.match(text, /^auth_jwks_keys 1$/m);
    assert.match(text, /^auth_jwks_fetch_total\{result="success"\} 2$/m);
    api.child.kill('SIGTERM');
    assert.equal(await api.ended, 0);
  });

  test('says once why it cannot start, and ends with 1', async (context) => {
    await using identity = await startFakeIdentity();
    identity.behaviour = 'error';
    const api = await start(context, identity, { AUTH_JWKS_START_TIMEOUT_SECONDS: '1' });
    assert.equal(await api.ended, 1);
    assert.match(api.said.err, /^The API cannot start\. No keys from the Identity service .*\n$/);
    assert.equal(api.lines('No worker could start: ending').length, 1);
  });

  test('ends with its primary process, however that ends', async (context) => {
    await using identity = await startFakeIdentity();
    const api = await start(context, identity);
    const workers = await api.hear('A worker serves', 2);
    api.child.kill('SIGKILL');
    for (const { pid } of workers) while (isAlive(Number(pid))) await sleep(LINE_MS);
    await api.ended;
  });
});

async function get(url: string): Promise<number | undefined> {
  const asked = request(url, { agent: false, signal: AbortSignal.timeout(LOST_MS) }).end();
  const [response]: readonly IncomingMessage[] = await once(asked, 'response');
  response?.resume();
  return response?.statusCode;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
