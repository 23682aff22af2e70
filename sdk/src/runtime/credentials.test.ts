import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getTicket } from '../../test/sample-operations.ts';
import { createClient, type CallOptions, type Clock } from './client.ts';
import type { TokenProvider } from './credentials.ts';

const SILENCE = (): Promise<never> => new Promise(() => {});

/** Lets everything that can go on go on, `rounds` times. */
async function turns(rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise(setImmediate);
}

/** After some turns. */
const later = async <T>(rounds: number, value: T): Promise<T> => {
  await turns(rounds);
  return value;
};

/** An API that knows the tokens that begin with `good`; its answers come after as many turns as the test says. */
function api(delay: () => number = () => 0): typeof fetch {
  return async (_, init) => {
    const isGood = new Headers(init?.headers).get('authorization')?.startsWith('Bearer good') === true;
    const headers = { etag: '"1"', 'www-authenticate': 'Bearer error="invalid_token"' };
    await turns(delay());
    return isGood
      ? Response.json({ id: 'a' }, { headers })
      : new Response('{}', {
          status: 401,
          headers: { ...headers, 'content-type': 'application/problem+json' },
        });
  };
}

interface Caller {
  /** Calls: the status, or the name of the error. */
  (options?: CallOptions): Promise<number | string>;
  /** Lets time pass, in milliseconds. */
  pass(ms: number): Promise<void>;
}

/** Calls of one client, each with 60 ms and no retries, under a clock that goes as the test says. */
function caller(auth: TokenProvider, fetch = api()): Caller {
  let now = 0;
  const timers = new Map<() => void, number>();
  const clock: Clock = {
    now: () => now,
    random: () => 0,
    setTimer: (callback, ms) => {
      timers.set(callback, now + ms);
      return () => timers.delete(callback);
    },
  };
  const client = createClient({ baseUrl: 'http://a.test', auth, fetch, clock, timeoutMs: 60, retry: false });
  const get = (options?: CallOptions): Promise<number | string> =>
    getTicket({ ticketId: 'a' }, { client, ...options }).then(
      ({ status }) => status,
      (error: Error) => error.name,
    );
  const pass = async (ms: number): Promise<void> => {
    await turns();
    now += ms;
    for (const [callback, due] of timers) if (due <= now && timers.delete(callback)) callback();
    await turns();
  };
  return Object.assign(get, { pass });
}

/** Gives an answer that never comes the first time, then a good token. */
function hangingOnce(): { readonly auth: TokenProvider; readonly asked: () => number } {
  let asked = 0;
  return { auth: () => ((asked += 1) === 1 ? SILENCE() : 'good'), asked: () => asked };
}

suite('a token provider that hangs', () => {
  test('once: the call that waited fails, the next one asks again', async () => {
    const { auth, asked } = hangingOnce();
    const get = caller(auth);
    const first = get();
    await get.pass(60);
    assert.deepEqual([await first, await get(), await get()], ['TimeoutError', 200, 200]);
    assert.equal(asked(), 3);
  });

  test('once: a retry of the same call asks again', async () => {
    const get = caller(hangingOnce().auth);
    const call = get({ retry: { retries: 1 } });
    await get.pass(60);
    await get.pass(0);
    assert.equal(await call, 200);
  });

  test('once, under calls that come without a break: those after its time ask again', async () => {
    const { auth, asked } = hangingOnce();
    const get = caller(auth);
    const calls: Promise<number | string>[] = [];
    for (let call = 0; call < 12; call += 1) {
      calls.push(get());
      await get.pass(10);
    }
    assert.deepEqual(await Promise.all(calls), [...Array(6).fill('TimeoutError'), ...Array(6).fill(200)]);
    assert.equal(asked(), 7);
  });

  test('under a call that waits for ever: others wait with it for 30 s at most', async () => {
    const get = caller(hangingOnce().auth);
    const stop = new AbortController();
    const endless = get({ timeoutMs: Infinity, overallTimeoutMs: Infinity, signal: stop.signal });
    const early = get();
    await get.pass(60);
    assert.equal(await early, 'TimeoutError');
    await get.pass(29_940);
    assert.equal(await get(), 200);
    stop.abort();
    assert.equal(await endless, 'AbortedError');
  });

  test('when it is to renew: the next call renews again', async () => {
    let renewals = 0;
    const get = caller(({ rejected }) => (!rejected ? 'old' : (renewals += 1) === 1 ? SILENCE() : 'good'));
    const first = get();
    await get.pass(60);
    assert.deepEqual([await first, await get()], ['TimeoutError', 200]);
    assert.equal(renewals, 2);
  });

  for (const [name, rejected] of [
    ['asked first', undefined],
    ['asked to renew', 'old'],
  ] as const) {
    test(`${name}: its signal is aborted when the last call that waits gives up, and not before`, async () => {
      let signal: AbortSignal | undefined;
      const get = caller((request) => {
        if (request.rejected !== rejected) return 'old';
        ({ signal } = request);
        return SILENCE();
      });
      const [one, two] = [new AbortController(), new AbortController()];
      const calls = [one, two].map((stop) => get({ signal: stop.signal }));
      await turns();
      one.abort();
      await turns();
      assert.equal(signal?.aborted, false);
      two.abort();
      assert.deepEqual(await Promise.all(calls), ['AbortedError', 'AbortedError']);
      assert.equal(signal.aborted, true);
    });
  }

  test('its signal is not aborted by what happens after it has answered', async () => {
    let signal: AbortSignal | undefined;
    const get = caller(
      (request) => {
        ({ signal } = request);
        return 'good';
      },
      () => SILENCE(),
    );
    const call = get();
    await get.pass(60);
    assert.equal(await call, 'TimeoutError');
    assert.equal(signal?.aborted, false);
  });
});

suite('a renewal is asked for once, whatever comes of it, though its refusals are spread over time', () => {
  for (const [name, { renew, result }] of Object.entries({
    'a good token': { renew: () => 'good', result: 200 },
    'a good token, later': { renew: () => later(10, 'good'), result: 200 },
    'no token': { renew: () => undefined, result: 401 },
    'the same token': { renew: () => 'old', result: 401 },
    'the same token, later': { renew: () => later(10, 'old'), result: 401 },
    'another bad token': { renew: () => 'bad', result: 401 },
    'an error': {
      renew: () => {
        throw new Error('mine');
      },
      result: 'AuthError',
    },
    'an error, later': {
      renew: () => later(10, '').then(() => Promise.reject(new Error())),
      result: 'AuthError',
    },
  } satisfies Record<string, { renew: () => ReturnType<TokenProvider>; result: number | string }>)) {
    test(name, async () => {
      let renewals = 0;
      let requests = 0;
      const provider: TokenProvider = ({ rejected }) => {
        if (rejected === undefined) return 'old';
        renewals += 1;
        return renew();
      };
      const get = caller(
        provider,
        api(() => (requests += 1) * 2),
      );
      const results = await Promise.all(Array.from({ length: 20 }, () => get()));
      assert.deepEqual(results, Array(20).fill(result));
      assert.equal(renewals, 1);
      // A call that begins afterwards asks again, unless it is known what comes of it.
      assert.equal(await get(), result);
      assert.equal(renewals, result === 200 || name === 'another bad token' ? 1 : 2);
    });
  }
});
