import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '#tests/kit/database.ts';
import type { TestDatabase } from '#tests/kit/database.ts';
import { createDatabase } from './create-database.ts';
import { DatabaseUnavailableError } from './database-errors.ts';
import type { Database } from './database.ts';

/** A network between the pool and the server that can be cut, or go silent. */
interface Network extends AsyncDisposable {
  /** The database's connection string, through here. */
  readonly url: string;
  /** Ends every connection and refuses new ones, as a server that restarts does. */
  cut(): Promise<void>;
  /** Takes connections and bytes, and passes nothing on. */
  silence(): void;
  /** Passes on what the server says this much later. */
  delay(ms: number): void;
  /** Works again; what went silent before stays so. */
  mend(): Promise<void>;
}

async function createNetwork(url: string): Promise<Network> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isSilent = false;
  let delayMs = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes) => {
        if (isSilent) return;
        if (from === far && delayMs > 0) setTimeout(() => to.write(bytes), delayMs);
        else to.write(bytes);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const { port } = address;
  const cut = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    await closed;
  };
  return {
    url: Object.assign(new URL(url), { port: String(port) }).href,
    cut,
    silence() {
      isSilent = true;
    },
    delay(ms) {
      delayMs = ms;
    },
    async mend() {
      isSilent = false;
      delayMs = 0;
      if (!server.listening) {
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      }
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) {
        await cut();
      }
    },
  };
}

async function isUnavailable(work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error: Error) => {
    assert.ok(error instanceof DatabaseUnavailableError, `it was ${String(error)}`);
    return true;
  });
}

suite('the pool in an outage', () => {
  let clone: TestDatabase;
  let network: Network;
  let database: Database;

  before(async () => {
    clone = await createTestDatabase();
    network = await createNetwork(clone.url);
    database = createDatabase({
      url: network.url,
      poolSize: 3,
      acquireTimeoutMs: 300,
      statementTimeoutMs: 200,
      queryTimeoutMs: 300,
    });
  });

  after(async () => {
    await database.close();
    await network[Symbol.asyncDispose]();
    await clone[Symbol.asyncDispose]();
  });

  test('fails at once while the server is gone, and works as soon as it is back', async () => {
    await Promise.all([1, 2, 3].map(() => database.query('SELECT 1')));
    await network.cut();
    await isUnavailable(database.query('SELECT 1'));
    await isUnavailable(database.transaction((transaction) => transaction.query('SELECT 1')));
    await isUnavailable(database.ping(1_000));
    await network.mend();
    await Promise.all([1, 2, 3, 4].map(() => database.ping(1_000)));
  });

  test('gives up on a server that has gone silent, and takes new connections afterwards', async () => {
    await Promise.all([1, 2, 3].map(() => database.query('SELECT 1')));
    network.silence();
    await isUnavailable(database.query('SELECT 1'));
    await Promise.all([1, 2, 3, 4, 5].map(() => isUnavailable(database.query('SELECT 2'))));
    await network.mend();
    await Promise.all([1, 2, 3, 4].map(() => database.ping(1_000)));
  });

  test('loses no connection to a caller who gave up while it was made', async () => {
    await using slow = await createNetwork(clone.url);
    const narrow = createDatabase({
      url: slow.url,
      poolSize: 1,
      acquireTimeoutMs: 300,
      queryTimeoutMs: 2000,
    });
    try {
      // The time is over at another step of making the connection each time: while it is opened, or while it is asked for its types.
      for (const delayMs of [40, 70, 100, 130, 160]) {
        await narrow.query('SELECT 1');
        const ended = narrow.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => {});
        slow.delay(delayMs);
        const waiting = [1, 2].map(() => narrow.query('SELECT 2').catch(() => {}));
        await Promise.all([ended, ...waiting]);
        await sleep(800);
        await slow.mend();
        await narrow.query('SELECT 3');
      }
    } finally {
      await narrow.close();
    }
  });
});
