import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { drain } from './drain.ts';
import { createHttpServer, Readiness, type RefusedRequest } from './http-server.ts';
import { listen, ListenError } from './listen.ts';

const LIMITS = { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000, keepAliveTimeoutMs: 60_000 };

async function start(
  app: RequestListener,
  onRefused?: (refused: RefusedRequest) => void,
): Promise<{ server: Server; port: number }> {
  const server = createHttpServer(app, LIMITS, onRefused);
  return { server, port: await listen(server, { host: '127.0.0.1', port: 0 }) };
}

async function open(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // A cut connection is an error to the side that was still talking.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** An app of which nothing is asked. */
function unreached(): void {
  assert.fail('it reached the app');
}

suite('listen', () => {
  test('gives the port that was free', async () => {
    const { server, port } = await start((_, response) => response.end());
    assert.ok(port > 0);
    server.close();
  });

  test('says in a sentence that the port is taken', async () => {
    const { server, port } = await start((_, response) => response.end());
    await assert.rejects(listen(createServer(), { host: '127.0.0.1', port }), (error) => {
      assert.ok(error instanceof ListenError);
      assert.equal(
        error.message,
        `Port ${port} on 127.0.0.1 is taken: stop the other process or set PORT to a free one.`,
      );
      return true;
    });
    server.close();
  });

  test('says in a sentence that the address is not of this machine', async () => {
    await assert.rejects(
      listen(createServer(), { host: '192.0.2.1', port: 0 }),
      /no address of this machine/,
    );
  });
});

/** Everything that comes back until the connection ends. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = await open(port, text);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'close');
  return answer;
}

suite('requests that never reach the app', () => {
  for (const [what, text, status, reason] of [
    ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n', 405, 'CONNECT'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'HPE_INVALID_METHOD'],
    ['long headers', `GET / HTTP/1.1\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`, 431, 'HPE_HEADER_OVERFLOW'],
  ] as const) {
    // @requirement 42, 52
    test(`get a problem, an id and a place in the log: ${what}`, async () => {
      const told: RefusedRequest[] = [];
      const { server, port } = await start(unreached, (refused) => told.push(refused));
      const answer = await exchange(port, text);
      server.close();
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      const { requestId, ...problem }: Record<string, unknown> = JSON.parse(body);
      assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(head, /^content-type: application\/problem\+json\r?$/im);
      assert.match(head, /^connection: close\r?$/im);
      assert.match(head, new RegExp(`^x-request-id: ${String(requestId)}\r?$`, 'im'));
      assert.equal(problem['status'], status);
      assert.deepEqual(told, [{ requestId, status, reason }]);
      if (status === 405) assert.match(head, /^allow: GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE\r?$/im);
    });
  }

  test('keep no connection whose client never closes it', async () => {
    const { server, port } = await start(unreached);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    socket.write('CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n');
    await once(socket, 'end');
    const closed = once(server, 'close');
    server.close();
    await closed;
    socket.destroy();
  });

  test('do not take the place of the answer that is under way', async () => {
    const { server, port } = await start((_, response) => {
      setImmediate(() => response.end('mine'));
    });
    const tunnel = 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n';
    const answer = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\n\r\n${tunnel}`);
    server.close();
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d{3}/g), ['HTTP/1.1 200']);
    assert.match(answer, /mine/);
  });
});

suite('drain', () => {
  test('lets a request under way end, and closes idle and unused connections', async () => {
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { server, port } = await start((request, response) => {
      if (request.url === '/idle') response.end('idle');
      else {
        asked();
        void mayEnd.then(() => response.end('done'));
      }
    });
    const idle = await open(port, 'GET /idle HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle, 'data');
    await open(port, '');
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await isAsked;
    const readiness = new Readiness();
    const draining = drain(server, readiness, { drainDelayMs: 0, drainTimeoutMs: 20_000 });
    assert.equal(readiness.isDraining, true);
    await once(idle, 'close');
    end();
    assert.equal(await (await answer).text(), 'done');
    assert.equal(await draining, 'clean');
  });

  test('cuts what is left at the deadline', async () => {
    const { server, port } = await start(() => undefined);
    const socket = await open(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(server, 'request');
    assert.equal(await drain(server, new Readiness(), { drainDelayMs: 0, drainTimeoutMs: 50 }), 'forced');
    socket.destroy();
  });

  test('cuts at once when it is forced, even before the delay is over', async () => {
    const { server, port } = await start(() => undefined);
    const socket = await open(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(server, 'request');
    const force = new AbortController();
    const ended = drain(server, new Readiness(), {
      drainDelayMs: 3_600_000,
      drainTimeoutMs: 3_600_000,
      force: force.signal,
    });
    force.abort();
    assert.equal(await ended, 'forced');
    socket.destroy();
  });
});
