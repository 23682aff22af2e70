import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { Readiness } from '#kernel/operational/health.ts';
import { drain } from './drain.ts';
import { createHttpServer } from './http-server.ts';
import { listen, ListenError } from './listen.ts';

const LIMITS = { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000, keepAliveTimeoutMs: 60_000 };

async function start(app: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createHttpServer(app, LIMITS);
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
