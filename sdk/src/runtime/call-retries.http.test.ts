import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cut, cutInBody, json, problem, reply, type Step } from '../../test/misbehaving-server.ts';
import { createTicket, getTicket, orderMeal, updateTicket, upload } from '../../test/sample-operations.ts';
import { get, scene, SOUP } from '../../test/scene.ts';
import { ConnectionError } from './errors.ts';

suite('retries', () => {
  for (const status of [408, 429, 502, 503, 504]) {
    test(`a GET is sent again after ${status}`, async () => {
      await using at = await scene([reply(status), json(200, SOUP)]);
      const result = await get(at.client);
      assert.deepEqual([result.status, result.attempts], [200, 2]);
      assert.deepEqual(at.clock.delays, [150]);
    });
  }

  test('wait as long as Retry-After says, in seconds and as a date', async () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 8)).toUTCString();
    await using at = await scene([
      reply(503, { 'retry-after': '4' }),
      // Node writes the real time as Date; the test's own is another.
      reply(429, { 'retry-after': date, date: new Date(Date.UTC(2026, 0, 1, 0, 0, 2)).toUTCString() }),
      json(200, SOUP),
    ]);
    assert.equal((await get(at.client)).status, 200);
    assert.deepEqual(at.clock.delays, [4150, 6300]);
  });

  test('end, and the last response is the result', async () => {
    await using at = await scene([problem(503, 'Down')]);
    const result = await get(at.client);
    assert.deepEqual([result.status, result.attempts], [503, 3]);
    assert.equal(at.server.received.length, 3);
  });

  test('do not start when Retry-After is longer than the call may take', async () => {
    await using at = await scene([problem(503, 'Down', { 'retry-after': '25' })]);
    const result = await get(at.client, { overallTimeoutMs: 22_000 });
    assert.deepEqual([result.status, result.attempts], [503, 1]);
  });

  test('are made after a cut connection, within the body too', async () => {
    await using at = await scene([cut, cutInBody, json(200, SOUP)]);
    assert.equal((await get(at.client)).attempts, 3);
  });

  test('end with a ConnectionError that knows its cause', async () => {
    await using at = await scene([cut]);
    await assert.rejects(get(at.client), (error) => {
      assert.ok(error instanceof ConnectionError && error.cause instanceof Error);
      assert.deepEqual([error.attempts, error.operationId], [3, 'getTicket']);
      return true;
    });
  });

  test('are not made for a POST without an idempotency key', async () => {
    await using at = await scene([problem(503, 'Down'), cut]);
    const create = (): ReturnType<typeof createTicket> =>
      createTicket({ body: { title: 'x' } }, { client: at.client });
    await assert.rejects(create(), { name: 'UnexpectedResponseError', status: 503, attempts: 1 });
    await assert.rejects(create(), { name: 'ConnectionError', attempts: 1 });
  });

  test('are not made for a PATCH, even with If-Match: a lost answer would become a 412', async () => {
    await using at = await scene([cut]);
    const params = { ticketId: 'a', 'if-match': '"v1"', body: {} };
    await assert.rejects(updateTicket(params, { client: at.client }), { attempts: 1 });
  });

  test('of a POST that declares an idempotency key send the same key', async () => {
    await using at = await scene([cut, reply(503), reply(202)]);
    const result = await orderMeal({ body: { ticketId: 'a' } }, { client: at.client });
    assert.deepEqual([result.status, result.attempts], [202, 3]);
    const keys = at.server.received.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
    assert.ok(keys[0]);
    assert.deepEqual(
      at.server.received.map(({ body }) => body.toString()),
      Array(3).fill('{"ticketId":"a"}'),
    );
  });

  /** What an API with idempotency keys says while the request of an attempt before is under way. */
  const underWay = problem(409, 'Under way', { 'retry-after': '1' });

  test('go on with the same key while an attempt before is under way, as long as the call may take', async () => {
    await using at = await scene([cut, ...Array<Step>(6).fill(underWay), reply(202)]);
    const result = await orderMeal({ body: { ticketId: 'a' } }, { client: at.client });
    assert.deepEqual([result.status, result.attempts], [202, 8]);
    const keys = at.server.received.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual(at.clock.delays, [150, 1300, 1600, 2200, 3400, 3500, 3500]);
  });

  test('end with the 409 when the call may not take longer', async () => {
    await using at = await scene([underWay, problem(409, 'Under way', { 'retry-after': '25' })]);
    const call = orderMeal({ body: { ticketId: 'a' } }, { client: at.client, overallTimeoutMs: 24_000 });
    await assert.rejects(call, { name: 'UnexpectedResponseError', status: 409, attempts: 2 });
  });

  test('keep the key of the caller', async () => {
    await using at = await scene([underWay, reply(202)]);
    await orderMeal({ body: { ticketId: 'a' }, 'idempotency-key': 'mine' }, { client: at.client });
    assert.deepEqual(
      at.server.received.map(({ headers }) => headers['idempotency-key']),
      ['mine', 'mine'],
    );
  });

  for (const [name, step, options] of [
    [
      'has no Retry-After: the key is of another request, or it is a rule of the API',
      problem(409, 'Taken'),
      {},
    ],
    ['asks to wait longer than the policy allows', problem(409, 'Under way', { 'retry-after': '60' }), {}],
    ['comes to a call without retries', underWay, { retry: false }],
    ['comes to a call with no retries', underWay, { retry: { retries: 0 } }],
  ] as const) {
    test(`are not made when a 409 ${name}`, async () => {
      await using at = await scene([step]);
      const call = orderMeal({ body: { ticketId: 'a' } }, { client: at.client, ...options });
      await assert.rejects(call, { status: 409, attempts: 1 });
    });
  }

  test('are not made when a 409 with Retry-After comes to a request without a key', async () => {
    await using at = await scene([underWay]);
    const create = createTicket({ body: { title: 'x' } }, { client: at.client });
    assert.equal((await create).attempts, 1);
    await assert.rejects(get(at.client), { status: 409, attempts: 1 });
  });

  test('are not made of a stream, which can be read once', async () => {
    await using at = await scene([reply(503, { 'content-type': 'text/plain' })]);
    const body = new Blob(['octets']).stream();
    await assert.rejects(upload({ contentType: 'image/png', body }, { client: at.client }), { attempts: 1 });
    assert.equal(at.server.received[0]?.body.toString(), 'octets');
    assert.equal(at.server.received[0]?.headers['content-type'], 'image/png');
  });

  test('let go of the response before, though its body has no end', async () => {
    const closed = Promise.withResolvers<void>();
    const endless: Step = (response) => {
      response.on('close', closed.resolve);
      response.writeHead(503).write('x');
    };
    await using at = await scene([endless, json(200, SOUP)]);
    assert.equal((await get(at.client)).status, 200);
    await closed.promise;
  });

  test('can be switched off, for a client and for a call', async () => {
    await using at = await scene([problem(503, 'Down')]);
    assert.equal((await get(at.client, { retry: false })).attempts, 1);
    assert.equal((await get(at.client, { retry: { retries: 1 } })).attempts, 2);
  });

  test('are not made when a header cannot be sent', async () => {
    await using at = await scene([json(200, SOUP)]);
    const params = { ticketId: 'a', 'if-none-match': 'a\nb' };
    await assert.rejects(getTicket(params, { client: at.client }), { name: 'RequestError', attempts: 0 });
    assert.equal(at.server.received.length, 0);
  });
});
