import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import { json, reply, silence, stallInBody } from '../../test/misbehaving-server.ts';
import { get, scene, SOUP } from '../../test/scene.ts';
import { createClient } from './client.ts';
import { AbortedError, TimeoutError } from './errors.ts';

suite('timeouts', () => {
  for (const [name, step] of [
    ['never answers', silence],
    ['stalls in the body', stallInBody],
  ] as const) {
    test(`a server that ${name} is asked again, then given up`, async () => {
      await using at = await scene([step]);
      const refused = assert.rejects(get(at.client, { timeoutMs: 25_000 }), (error) => {
        assert.ok(error instanceof TimeoutError);
        assert.equal(error.message, 'getTicket: no complete response within 25000 ms');
        assert.equal(error.attempts, 3);
        return true;
      });
      for (const count of [1, 2, 3]) {
        await at.server.arrived(count);
        at.clock.expire();
      }
      await refused;
      assert.equal(at.clock.running, 0);
    });
  }

  test('end the whole call when its own time is up', async () => {
    await using at = await scene([silence]);
    const options = { timeoutMs: 40_000, overallTimeoutMs: 65_000 };
    const refused = assert.rejects(get(at.client, options), { name: 'TimeoutError', attempts: 2 });
    await at.server.arrived(1);
    at.clock.expire();
    await at.server.arrived(2);
    at.clock.expire();
    await refused;
  });

  test('hold even when fetch does not listen to its signal', async () => {
    const clock = createManualClock();
    const deaf = createClient({
      baseUrl: 'http://a.test',
      clock,
      retry: false,
      fetch: () => new Promise(() => {}),
    });
    const refused = assert.rejects(get(deaf), TimeoutError);
    clock.expire();
    await refused;
  });

  test('leave no timer behind after a success', async () => {
    await using at = await scene([reply(503), json(200, SOUP)]);
    await get(at.client);
    assert.equal(at.clock.running, 0);
  });

  test('may be infinite', async () => {
    await using at = await scene([json(200, SOUP)]);
    const { server } = at;
    const client = createClient({ baseUrl: server.baseUrl, timeoutMs: Infinity, overallTimeoutMs: Infinity });
    assert.equal((await get(client)).status, 200);
  });
});

suite('AbortSignal', () => {
  test('aborted beforehand sends nothing', async () => {
    await using at = await scene([json(200, SOUP)]);
    await assert.rejects(get(at.client, { signal: AbortSignal.abort('why') }), {
      name: 'AbortedError',
      cause: 'why',
      attempts: 0,
    });
    assert.equal(at.server.received.length, 0);
  });

  for (const [name, step] of [
    ['while waiting for the answer', silence],
    ['within the body', stallInBody],
  ] as const) {
    test(`ends a call ${name}, without a retry`, async () => {
      await using at = await scene([step]);
      const controller = new AbortController();
      const refused = assert.rejects(get(at.client, { signal: controller.signal }), AbortedError);
      await at.server.arrived(1);
      controller.abort();
      await refused;
      assert.equal(at.server.received.length, 1);
      assert.equal(at.clock.running, 0);
      assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
    });
  }

  test('ends the wait for the next attempt', async () => {
    await using at = await scene([reply(503, { 'retry-after': '25' })]);
    const controller = new AbortController();
    const hooks = { response: () => void setImmediate(() => controller.abort()) };
    const client = createClient({ baseUrl: at.server.baseUrl, clock: at.clock, hooks });
    await assert.rejects(get(client, { signal: controller.signal }), { name: 'AbortedError', attempts: 1 });
    assert.equal(at.clock.running, 0);
  });

  test('ends the wait for a token', async () => {
    const controller = new AbortController();
    const auth = (): Promise<string> => {
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    };
    const client = createClient({ baseUrl: 'http://a.test', auth, clock: createManualClock() });
    await assert.rejects(get(client, { signal: controller.signal }), AbortedError);
  });

  test('of a long life gathers no listeners', async () => {
    await using at = await scene([reply(503), json(200, SOUP)]);
    const { signal } = new AbortController();
    for (let call = 0; call < 3; call += 1) await get(at.client, { signal });
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
