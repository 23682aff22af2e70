import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { createManualClock } from '../../test/manual-clock.ts';
import {
  invalidToken,
  json,
  problem,
  reply,
  startMisbehavingServer,
  type Step,
} from '../../test/misbehaving-server.ts';
import { getTicket, ping, upload } from '../../test/sample-operations.ts';
import { createClient } from './client.ts';
import type { TokenProvider } from './credentials.ts';

/** Answers as an API does that knows one good token. */
const guarded =
  (good: string): Step =>
  (response, request) =>
    (request.headers.authorization === `Bearer ${good}` ? json(200, { id: 'a' }) : invalidToken())(
      response,
      request,
    );

suite('auth', () => {
  test('a provider is asked before each call; nobody signed in is no token', async () => {
    await using server = await startMisbehavingServer(json(200, {}));
    const tokens = ['one', undefined, null, 'two'];
    const client = createClient({ baseUrl: server.baseUrl, auth: () => tokens.shift() });
    for (let call = 0; call < 4; call += 1) await getTicket({ ticketId: 'a' }, { client });
    assert.deepEqual(
      server.received.map(({ headers }) => headers.authorization),
      ['Bearer one', undefined, undefined, 'Bearer two'],
    );
  });

  test('an operation that takes no token is sent none', async () => {
    await using server = await startMisbehavingServer(reply(200, { 'content-type': 'text/plain' }, 'pong'));
    await ping({}, { client: createClient({ baseUrl: server.baseUrl, auth: 'secret' }) });
    assert.equal(server.received[0]?.headers.authorization, undefined);
  });

  test('calls at the same time share one answer of the provider', async () => {
    await using server = await startMisbehavingServer(json(200, {}));
    let asked = 0;
    const auth = async (): Promise<string> => {
      asked += 1;
      await new Promise(setImmediate);
      return 'one';
    };
    const client = createClient({ baseUrl: server.baseUrl, auth });
    await Promise.all(Array.from({ length: 5 }, () => getTicket({ ticketId: 'a' }, { client })));
    assert.equal(asked, 1);
  });

  test('a refused token is renewed once for all calls that sent it', async () => {
    await using server = await startMisbehavingServer(guarded('new'));
    const asked: unknown[] = [];
    let token = 'old';
    const auth: TokenProvider = async (request) => {
      const { signal, ...rest } = request;
      assert.ok(!signal.aborted);
      asked.push(rest);
      await new Promise(setImmediate);
      if (request.rejected === 'old') token = 'new';
      return token;
    };
    const client = createClient({ baseUrl: server.baseUrl, auth });
    const calls = Array.from({ length: 8 }, () => getTicket({ ticketId: 'a' }, { client }));
    const results = await Promise.all(calls);
    assert.deepEqual(
      results.map(({ status }) => status),
      Array(8).fill(200),
    );
    assert.deepEqual(asked, [{}, { rejected: 'old' }]);
  });

  test('a refused token is renewed for a POST and for a call that must not be retried', async () => {
    await using server = await startMisbehavingServer(guarded('new'));
    const client = createClient({
      baseUrl: server.baseUrl,
      auth: ({ rejected }) => (rejected === undefined ? 'old' : 'new'),
      retry: false,
    });
    const result = await getTicket({ ticketId: 'a' }, { client });
    assert.deepEqual([result.status, result.attempts], [200, 2]);
  });

  test('a renewed token that is refused too is the result', async () => {
    await using server = await startMisbehavingServer(invalidToken());
    let asked = 0;
    const auth: TokenProvider = () => `token-${(asked += 1)}`;
    const result = await getTicket(
      { ticketId: 'a' },
      { client: createClient({ baseUrl: server.baseUrl, auth }) },
    );
    assert.deepEqual([result.status, asked, server.received.length], [401, 2, 2]);
  });

  test('the same token again, or none, is not sent a second time', async () => {
    await using server = await startMisbehavingServer(invalidToken());
    for (const auth of [
      'fixed',
      (({ rejected }) => (rejected ? undefined : 'old')) satisfies TokenProvider,
    ]) {
      const result = await getTicket(
        { ticketId: 'a' },
        { client: createClient({ baseUrl: server.baseUrl, auth }) },
      );
      assert.deepEqual([result.status, result.attempts], [401, 1]);
    }
  });

  test('a 401 for another reason is the result', async () => {
    const step = problem(401, 'Authentication required', { 'www-authenticate': 'Bearer realm="x"' });
    await using server = await startMisbehavingServer(step);
    let asked = 0;
    const auth = (): string => `token-${(asked += 1)}`;
    const result = await getTicket(
      { ticketId: 'a' },
      { client: createClient({ baseUrl: server.baseUrl, auth }) },
    );
    assert.deepEqual([result.status, asked], [401, 1]);
  });

  test('the token that is asked for again after a failed renewal may be good', async () => {
    await using server = await startMisbehavingServer(guarded('new'));
    let renewals = 0;
    const auth: TokenProvider = ({ rejected }) => {
      if (!rejected) return 'old';
      renewals += 1;
      return renewals === 1 ? 'old' : 'new';
    };
    const client = createClient({ baseUrl: server.baseUrl, auth });
    assert.equal((await getTicket({ ticketId: 'a' }, { client })).status, 401);
    assert.equal((await getTicket({ ticketId: 'a' }, { client })).status, 200);
  });

  test('what the provider throws is the cause of an AuthError, and the next call asks the provider again', async () => {
    await using server = await startMisbehavingServer(json(200, {}));
    let asked = 0;
    const auth = (): Promise<string> => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('offline')) : Promise.resolve('one');
    };
    const client = createClient({ baseUrl: server.baseUrl, auth, clock: createManualClock() });
    await assert.rejects(getTicket({ ticketId: 'a' }, { client }), { name: 'AuthError', attempts: 0 });
    assert.equal((await getTicket({ ticketId: 'a' }, { client })).status, 200);
  });

  test('a token that no header can carry is refused without showing it', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:9', auth: 'secret\n', retry: false });
    await assert.rejects(getTicket({ ticketId: 'a' }, { client }), (error: Error) => {
      assert.ok(!inspect(error, { depth: Infinity }).includes('secret'));
      return error.message === 'getTicket: auth gave a token with characters that no header can carry';
    });
  });

  test('no error that a call ends with holds the token', async () => {
    await using server = await startMisbehavingServer(reply(500), (response) => response.socket?.destroy());
    const client = createClient({ baseUrl: server.baseUrl, auth: 'secret', retry: false });
    for (let call = 0; call < 2; call += 1) {
      await assert.rejects(
        getTicket({ ticketId: 'a' }, { client }),
        (error) => !inspect(error, { depth: Infinity, showHidden: true }).includes('secret'),
      );
    }
  });

  test('a stream is not sent again with a renewed token', async () => {
    await using server = await startMisbehavingServer(reply(204));
    const body = new Blob(['x']).stream();
    const client = createClient({ baseUrl: server.baseUrl, auth: 'one' });
    assert.equal((await upload({ contentType: 'image/png', body }, { client })).status, 204);
  });
});
