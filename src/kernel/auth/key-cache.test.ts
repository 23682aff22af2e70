import assert from 'node:assert/strict';
import { mock, suite, test, type TestContext } from 'node:test';

import { createSigningKey, toPublicJwk } from '#tests/kit/tokens.ts';
import { KeysUnavailableError } from './errors.ts';
import { KeyCache } from './key-cache.ts';
import { parseKeySet } from './jwks-document.ts';

const POLICY = {
  refreshSeconds: 300,
  cooldownSeconds: 5,
  timeoutMs: 1000,
  startTimeoutSeconds: 1,
  maxStaleSeconds: 86_400,
};

/** A key cache over a service that is a list of key ids or an error, on a clock of its own. */
async function createFixture(context: TestContext) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const points = new Map<string, object>();
  const jwk = (kid: string): object => {
    if (!points.has(kid)) points.set(kid, toPublicJwk(createSigningKey(kid)));
    return points.get(kid)!;
  };
  const service = {
    kids: ['first'] as readonly string[],
    failure: undefined as string | undefined,
    gate: undefined as Promise<void> | undefined,
    hits: 0,
  };
  let nowMs = 1_000_000;
  const warn = mock.fn();
  const cache = new KeyCache({
    fetchKeys: async (previous) => {
      service.hits += 1;
      const { kids, failure, gate } = service;
      await gate;
      if (failure !== undefined) throw new Error(failure);
      return parseKeySet(JSON.stringify({ keys: kids.map(jwk) }), previous);
    },
    policy: POLICY,
    log: { info: mock.fn(), warn },
    clock: { now: () => new Date(nowMs) },
    monotonicMs: () => nowMs,
    random: () => 0,
  });
  await cache.refresh();
  context.after(() => cache.stop());
  /** Lets time pass, timers included, and what they start happen. */
  const pass = async (seconds: number): Promise<void> => {
    nowMs += seconds * 1000;
    context.mock.timers.tick(seconds * 1000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await cache.settled();
  };
  return { cache, service, pass, warn };
}

suite('KeyCache', () => {
  // @requirement 24
  test('asks no one for keys that it has', async (context) => {
    const { cache, service } = await createFixture(context);
    assert.ok(await cache.find('first'));
    assert.equal(service.hits, 1);
  });

  test('asks again for a key that it does not have', async (context) => {
    const { cache, service } = await createFixture(context);
    service.kids = ['first', 'second'];
    assert.ok(await cache.find('second'));
    assert.equal(service.hits, 2);
  });

  // @requirement 26
  test('finds a key published right after a fetch that did not have it', async (context) => {
    const { cache, service } = await createFixture(context);
    assert.equal(await cache.find('second'), undefined);
    service.kids = ['first', 'second'];
    assert.ok(await cache.find('second'));
  });

  test('does not take the answer to an older question for the answer about a newer key', async (context) => {
    const { cache, service } = await createFixture(context);
    const { promise, resolve } = Promise.withResolvers<void>();
    service.gate = promise;
    const early = cache.find('nobody');
    service.kids = ['first', 'second'];
    service.gate = undefined;
    const late = cache.find('second');
    resolve();
    assert.equal(await early, undefined);
    assert.ok(await late);
  });

  // @requirement 27
  test('fetches twice in a cooldown, however many tokens name unknown keys', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    for (let index = 0; index < 300; index += 1) await cache.find(`random-${index}`);
    await Promise.all(Array.from({ length: 300 }, (_, index) => cache.find(`parallel-${index}`)));
    assert.equal(service.hits, 3);
    await pass(4);
    await cache.find('random');
    assert.equal(service.hits, 3);
  });

  // @requirement 26
  test('asks once more when the cooldown ends, without another token', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    await cache.find('a');
    await cache.find('b');
    assert.equal(await cache.find('late'), undefined);
    service.kids = ['first', 'late'];
    await pass(5);
    assert.ok(cache.current('late'));
  });

  // @requirement 29
  test('never has two fetches under way', async (context) => {
    const { cache, service } = await createFixture(context);
    const { promise, resolve } = Promise.withResolvers<void>();
    service.gate = promise;
    const all = [cache.refresh(), cache.refresh(), cache.find('x'), cache.find('y')];
    assert.equal(service.hits, 2);
    resolve();
    await Promise.all(all);
  });

  // @requirement 27
  test('counts failed fetches too, and says that it cannot tell', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    service.failure = 'it answered 500';
    for (let index = 0; index < 50; index += 1) {
      await assert.rejects(cache.find(`random-${index}`), KeysUnavailableError);
    }
    assert.equal(service.hits, 2);
    await pass(1);
    await assert.rejects(cache.find('random'), KeysUnavailableError);
    assert.ok(service.hits <= 4, `${service.hits} fetches`);
  });

  // @requirement 23, 25
  test('goes on with its keys while the service fails, and says so in the log', async (context) => {
    const { cache, service, pass, warn } = await createFixture(context);
    service.failure = 'it answered 500';
    for (let minute = 0; minute < 11; minute += 1) await pass(60);
    assert.ok(await cache.find('first'));
    assert.equal(cache.isStale(), false);
    assert.ok(cache.status().consecutiveFailures > 1);
    assert.equal(cache.status().lastFailure, 'it answered 500');
    assert.ok(warn.mock.callCount() > 1);
  });

  test('recovers without being asked', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    service.failure = 'it answered 500';
    await pass(300);
    assert.equal(cache.status().consecutiveFailures, 1);
    service.failure = undefined;
    service.kids = ['second'];
    await pass(1);
    assert.equal(cache.status().consecutiveFailures, 0);
    assert.ok(cache.current('second'));
  });

  test('tells how old its keys are and counts good answers and failures', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    service.failure = 'it answered 500';
    await pass(300);
    const { keys, ageMs, lastSuccessAt, successfulFetches, failedFetches } = cache.status();
    assert.deepEqual([keys, ageMs, successfulFetches, failedFetches], [1, 300_000, 1, 1]);
    assert.deepEqual(lastSuccessAt, new Date(1_000_000));
    service.failure = undefined;
    await pass(1);
    const after = cache.status();
    assert.deepEqual([after.ageMs, after.successfulFetches, after.failedFetches], [0, 2, 1]);
    assert.deepEqual(after.lastSuccessAt, new Date(1_301_000));
  });

  test('waits longer and longer between tries', async (context) => {
    const { service, pass } = await createFixture(context);
    service.failure = 'it answered 500';
    await pass(300);
    for (let second = 0; second < 120; second += 1) await pass(1);
    assert.ok(service.hits >= 6 && service.hits <= 9, `${service.hits} fetches in two minutes`);
  });

  // @requirement 26
  test('drops a key that the service withdrew, at the next refresh', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    service.kids = ['second'];
    assert.ok(cache.current('first'));
    await pass(300);
    assert.equal(cache.current('first'), undefined);
    assert.ok(cache.current('second'));
  });

  // @requirement 23
  test('trusts no keys after a day without a good answer', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    service.failure = 'it answered 500';
    await pass(86_400);
    assert.equal(cache.isStale(), false);
    await pass(1);
    assert.equal(cache.isStale(), true);
  });

  test('does nothing more once it is stopped', async (context) => {
    const { cache, service, pass } = await createFixture(context);
    cache.stop();
    await pass(100_000);
    assert.equal(service.hits, 1);
  });
});
