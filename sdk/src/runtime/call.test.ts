import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { createManualClock, type ManualClock } from '../../test/manual-clock.ts';
import {
  cut,
  cutInBody,
  huge,
  json,
  problem,
  reply,
  silence,
  stallInBody,
  startMisbehavingServer,
  type MisbehavingServer,
  type Step,
} from '../../test/misbehaving-server.ts';
import {
  anything,
  createRecipe,
  getRecipe,
  listRecipes,
  orderMeal,
  ping,
  updateRecipe,
  upload,
} from '../../test/sample-operations.ts';
import { createClient, type CallOptions, type Client, type ClientOptions } from './client.ts';
import { AbortedError, ConnectionError, TimeoutError, UnexpectedResponseError } from './errors.ts';
import { unwrap } from './unwrap.ts';

const SOUP = { id: 'soup', title: 'Soup' };

interface Scene extends AsyncDisposable {
  readonly server: MisbehavingServer;
  readonly clock: ManualClock;
  readonly client: Client;
}

async function scene(steps: readonly Step[], options: Partial<ClientOptions> = {}): Promise<Scene> {
  const server = await startMisbehavingServer(...steps);
  const clock = createManualClock();
  return {
    server,
    clock,
    client: createClient({ baseUrl: server.baseUrl, clock, ...options }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const get = (client: Client, options: CallOptions = {}): ReturnType<typeof getRecipe> =>
  getRecipe({ recipeId: 'soup' }, { client, ...options });

suite('a result', () => {
  test('has status, body, declared headers and the response', async () => {
    await using at = await scene([json(200, SOUP, { etag: '"v1"', 'x-other': '1' })]);
    const result = await get(at.client);
    assert.deepEqual([result.status, result.ok, result.data], [200, true, SOUP]);
    assert.deepEqual(result.headers, { etag: '"v1"' });
    assert.equal(result.response.headers.get('x-other'), '1');
    assert.deepEqual([result.attempts, result.operationId], [1, 'getRecipe']);
  });

  test('of a problem is a result too', async () => {
    await using at = await scene([problem(404, 'Not found')]);
    const result = await get(at.client);
    assert.equal(result.status, 404);
    assert.ok(!result.ok && result.data?.title === 'Not found');
  });

  test('converts declared headers', async () => {
    await using at = await scene([problem(503, 'Later', { 'retry-after': '3' })], { retry: false });
    assert.deepEqual((await get(at.client)).headers, { 'retry-after': 3 });
  });

  test('of 304 has no body and keeps its headers', async () => {
    await using at = await scene([reply(304, { etag: '"v1"' })]);
    const result = await getRecipe({ recipeId: 'soup', 'if-none-match': '"v1"' }, { client: at.client });
    assert.deepEqual([result.status, result.data, result.headers], [304, undefined, { etag: '"v1"' }]);
    assert.equal(at.server.received[0]?.headers['if-none-match'], '"v1"');
  });

  test('of 204 has no body', async () => {
    await using at = await scene([reply(204)]);
    const result = await upload({ contentType: 'text/plain', body: 'x' }, { client: at.client });
    assert.deepEqual([result.status, result.data], [204, undefined]);
  });

  test('is text or octets where the contract says so', async () => {
    await using at = await scene([
      reply(200, { 'content-type': 'text/plain; charset=utf-8' }, 'grüße'),
      reply(200, { 'content-type': 'image/png' }, 'png'),
    ]);
    const send = (): ReturnType<typeof upload> =>
      upload({ contentType: 'text/plain', body: 'x' }, { client: at.client });
    assert.equal((await send()).data, 'grüße');
    const octets = (await send()).data;
    assert.ok(octets instanceof Blob);
    assert.deepEqual([octets.type, await octets.text()], ['image/png', 'png']);
  });

  test('is found by range and by default', async () => {
    await using at = await scene([problem(418, 'Teapot'), json(599, { odd: true })]);
    assert.equal((await ping({}, { client: at.client })).status, 418);
    assert.deepEqual((await anything({}, { client: at.client })).data, { odd: true });
  });

  test('comes from where a redirect leads, and the token stays at its origin', async () => {
    await using other = await scene([json(200, SOUP)]);
    await using at = await scene(
      [(response) => response.writeHead(307, { location: `${other.server.baseUrl}/moved` }).end()],
      { auth: 'secret' },
    );
    const result = await get(at.client);
    assert.ok(result.status === 200 && result.data.id === 'soup' && result.response.redirected);
    assert.equal(at.server.received[0]?.headers.authorization, 'Bearer secret');
    assert.equal(other.server.received[0]?.target, '/moved');
    assert.equal(other.server.received[0]?.headers.authorization, undefined);
  });

  test('of a redirect that never ends is a ConnectionError', async () => {
    await using at = await scene([reply(302, { location: '/recipes/soup' })], { retry: false });
    await assert.rejects(get(at.client), ConnectionError);
  });
});

suite('a response that the contract does not know', () => {
  const cases: [name: string, step: Step, message: RegExp, body: string][] = [
    [
      'a status that is not declared',
      reply(500, { 'content-type': 'text/html' }, '<h1>Oops</h1>'),
      /^getRecipe: the contract has no 500 response of type text\/html$/,
      '<h1>Oops</h1>',
    ],
    [
      "a portal's page with status 200",
      reply(200, { 'content-type': 'text/html; charset=utf-8' }, '<p>Sign in to the hotel</p>'),
      /no 200 response of type text\/html/,
      '<p>Sign in to the hotel</p>',
    ],
    [
      'a 404 of a gateway that is JSON, but no problem',
      json(404, { message: 'no route' }),
      /no 404 response of type application\/json/,
      '{"message":"no route"}',
    ],
    ['no body where there must be one', reply(200), /no 200 response of type none/, ''],
    [
      'a body that is not the JSON it says',
      reply(200, { 'content-type': 'application/json' }, '{"id":'),
      /the 200 response is not the application\/json it says/,
      '{"id":',
    ],
  ];
  for (const [name, step, message, body] of cases) {
    test(`${name} is an UnexpectedResponseError with its text`, async () => {
      await using at = await scene([step]);
      await assert.rejects(get(at.client), (error) => {
        assert.ok(error instanceof UnexpectedResponseError);
        assert.match(error.message, message);
        assert.equal(error.body, body);
        return true;
      });
      assert.equal(at.server.received.length, 1);
    });
  }

  test('a body that is too large is not received to its end', async () => {
    const sent = Promise.withResolvers<boolean>();
    const step: Step = (response, request) => {
      response.on('close', () => sent.resolve(response.writableFinished));
      huge(64 * 2 ** 20)(response, request);
    };
    await using at = await scene([step], { maxResponseBytes: 100_000 });
    await assert.rejects(get(at.client), /getRecipe: the response is larger than 100000 bytes/);
    assert.equal(await sent.promise, false);
  });

  test('a large body within the limit is whole', async () => {
    await using at = await scene([huge(3_000_000)], { maxResponseBytes: 3_000_002 });
    const { data }: { readonly data: unknown } = await get(at.client);
    assert.ok(typeof data === 'string');
    assert.equal(data.length, 3_000_000);
  });

  test('a huge page with an unexpected status is dropped', async () => {
    await using at = await scene([
      (response) => response.writeHead(500, { 'content-type': 'text/html' }).end('x'.repeat(1_000_000)),
    ]);
    await assert.rejects(get(at.client), { name: 'UnexpectedResponseError', status: 500, body: '' });
  });
});

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
      assert.deepEqual([error.attempts, error.operationId], [3, 'getRecipe']);
      return true;
    });
  });

  test('are not made for a POST without an idempotency key', async () => {
    await using at = await scene([problem(503, 'Down'), cut]);
    const create = (): ReturnType<typeof createRecipe> =>
      createRecipe({ body: { title: 'x' } }, { client: at.client });
    await assert.rejects(create(), { name: 'UnexpectedResponseError', status: 503, attempts: 1 });
    await assert.rejects(create(), { name: 'ConnectionError', attempts: 1 });
  });

  test('are not made for a PATCH, even with If-Match: a lost answer would become a 412', async () => {
    await using at = await scene([cut]);
    const params = { recipeId: 'a', 'if-match': '"v1"', body: {} };
    await assert.rejects(updateRecipe(params, { client: at.client }), { attempts: 1 });
  });

  test('of a POST that declares an idempotency key send the same key', async () => {
    await using at = await scene([cut, reply(503), reply(202)]);
    const result = await orderMeal({ body: { recipeId: 'a' } }, { client: at.client });
    assert.deepEqual([result.status, result.attempts], [202, 3]);
    const keys = at.server.received.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
    assert.ok(keys[0]);
    assert.deepEqual(
      at.server.received.map(({ body }) => body.toString()),
      Array(3).fill('{"recipeId":"a"}'),
    );
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
    const params = { recipeId: 'a', 'if-none-match': 'a\nb' };
    await assert.rejects(getRecipe(params, { client: at.client }), { name: 'TypeError' });
    assert.equal(at.server.received.length, 0);
  });
});

suite('timeouts', () => {
  for (const [name, step] of [
    ['never answers', silence],
    ['stalls in the body', stallInBody],
  ] as const) {
    test(`a server that ${name} is asked again, then given up`, async () => {
      await using at = await scene([step]);
      const refused = assert.rejects(get(at.client, { timeoutMs: 25_000 }), (error) => {
        assert.ok(error instanceof TimeoutError);
        assert.equal(error.message, 'getRecipe: no complete response within 25000 ms');
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

suite('hooks', () => {
  test('see each attempt and its response, and may add headers', async () => {
    const seen: string[] = [];
    await using at = await scene([reply(503), json(200, SOUP)], {
      hooks: {
        request: (attempt) => {
          attempt.headers['traceparent'] = `t-${attempt.attempt}`;
          if (attempt.attempt === 1) attempt.headers['x-first'] = 'yes';
          seen.push(`> ${attempt.method} ${new URL(attempt.url).pathname} ${attempt.attempt}`);
        },
        response: async (attempt, response) => {
          seen.push(`< ${attempt.operationId} ${response.status} ${(await response.clone().text()).length}`);
        },
      },
    });
    await get(at.client);
    const bodyLength = JSON.stringify(SOUP).length;
    assert.deepEqual(seen, [
      '> GET /recipes/soup 1',
      '< getRecipe 503 0',
      '> GET /recipes/soup 2',
      `< getRecipe 200 ${bodyLength}`,
    ]);
    assert.deepEqual(
      at.server.received.map(({ headers }) => [headers['traceparent'], headers['x-first']]),
      [
        ['t-1', 'yes'],
        ['t-2', undefined],
      ],
    );
  });

  test('see failures', async () => {
    const seen: string[] = [];
    await using at = await scene([cut, reply(500)], {
      hooks: { error: (attempt, error) => seen.push(`${attempt.attempt} ${error.name}`) },
    });
    await assert.rejects(get(at.client));
    assert.deepEqual(seen, ['1 ConnectionError', '2 UnexpectedResponseError']);
  });

  test('never see the token', async () => {
    const seen: unknown[] = [];
    await using at = await scene([cut, json(200, SOUP)], {
      auth: 'secret',
      hooks: {
        request: (attempt) => void seen.push(attempt),
        response: (attempt) => void seen.push(attempt),
        error: (attempt, error) => void seen.push(attempt, error),
      },
    });
    await get(at.client);
    assert.equal(at.server.received[1]?.headers.authorization, 'Bearer secret');
    assert.equal(seen.length, 5);
    assert.ok(!JSON.stringify(seen).includes('secret'));
  });

  test('that throw reject the call, once', async () => {
    await using at = await scene([json(200, SOUP)], {
      hooks: {
        request: () => {
          throw new Error('mine');
        },
      },
    });
    await assert.rejects(get(at.client), { message: 'mine' });
    assert.equal(at.server.received.length, 0);
  });
});

test('two clients in one process do not mix', async () => {
  await using one = await scene([json(200, { items: [] })], { auth: 'one', headers: { 'x-app': '1' } });
  await using two = await scene([json(200, { items: [] })], { auth: 'two' });
  await Promise.all([listRecipes({}, { client: one.client }), listRecipes({}, { client: two.client })]);
  const sent = [one, two].map(({ server }) => server.received[0]?.headers);
  assert.deepEqual(
    sent.map((headers) => [headers?.authorization, headers?.['x-app']]),
    [
      ['Bearer one', '1'],
      ['Bearer two', undefined],
    ],
  );
});

test('fetch options of client and call are handed on', async () => {
  let init: RequestInit | undefined;
  const client = createClient({
    baseUrl: 'http://a.test',
    fetchOptions: { credentials: 'include', mode: 'cors' },
    fetch: (_, given) => {
      init = given;
      return Promise.resolve(Response.json(SOUP));
    },
  });
  await unwrap(get(client, { fetchOptions: { mode: 'same-origin' } }));
  assert.deepEqual([init?.credentials, init?.mode, init?.method], ['include', 'same-origin', 'GET']);
});
