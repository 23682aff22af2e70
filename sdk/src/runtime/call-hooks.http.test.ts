import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cut, json, reply } from '../../test/misbehaving-server.ts';
import { listTickets } from '../../test/sample-operations.ts';
import { get, scene, SOUP } from '../../test/scene.ts';
import { createClient } from './client.ts';
import { unwrap } from './unwrap.ts';

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
      '> GET /tickets/soup 1',
      '< getTicket 503 0',
      '> GET /tickets/soup 2',
      `< getTicket 200 ${bodyLength}`,
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
    await assert.rejects(get(at.client), { name: 'HookError', message: 'getTicket: mine' });
    assert.equal(at.server.received.length, 0);
  });
});

test('two clients in one process do not mix', async () => {
  await using one = await scene([json(200, { items: [] })], { auth: 'one', headers: { 'x-app': '1' } });
  await using two = await scene([json(200, { items: [] })], { auth: 'two' });
  await Promise.all([listTickets({}, { client: one.client }), listTickets({}, { client: two.client })]);
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
      return Promise.resolve(Response.json(SOUP, { headers: { etag: '"v1"' } }));
    },
  });
  await unwrap(get(client, { fetchOptions: { mode: 'same-origin' } }));
  assert.deepEqual([init?.credentials, init?.mode, init?.method], ['include', 'same-origin', 'GET']);
});
