import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call, sendRaw } from '../../kit/call.ts';
import { startGuards } from './start-guards.ts';

const ITEM_ID = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const api = await startGuards();
after(() => api[Symbol.asyncDispose]());

function slugOf(text: string): unknown {
  return JSON.parse(text).type;
}

suite('versions that the contract wants', () => {
  for (const [what, method] of [
    ['where If-Match is required', 'PUT'],
    ['where 428 is declared', 'PATCH'],
  ] as const) {
    // @requirement 50
    test(`are asked for with 428 ${what}`, async () => {
      const path = `/items/${ITEM_ID}`;
      const without = await call(api, path, { method, json: { name: 'fork' } });
      assert.deepEqual(
        [without.status, slugOf(without.text)],
        [428, '/problems/if-match-required'],
        without.text,
      );
      const headers = { 'if-match': '"1"' };
      assert.equal((await call(api, path, { method, headers, json: { name: 'fork' } })).status, 200);
      assert.equal((await api.fetch(path, { method, json: { name: 'fork' } })).status, 401);
    });
  }
});

suite('versions that a request names', () => {
  const path = `/items/${ITEM_ID}`;

  // @requirement 49
  test('are one list, in however many lines they come and whatever they hold', async () => {
    const lines = ['If-Match: "a,b"', 'If-Match: W/"c"', 'If-Match:  "d" ,, "e"'];
    let given: unknown;
    await using app = await startGuards({
      handlers: {
        replaceItem: ({ headers, body }) => {
          given = headers['if-match'];
          return Promise.resolve({ status: 200, body });
        },
      },
    });
    const answer = await sendRaw(app, [
      `PUT ${path} HTTP/1.1`,
      'Host: x',
      'Connection: close',
      'Authorization: Bearer ann',
      'Content-Type: application/json',
      'Content-Length: 15',
      ...lines,
      '',
      '{"name":"fork"}',
    ]);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.equal(given, '"a,b", W/"c", "d" ,, "e"');
  });

  // @requirement 49
  test('are refused with the name of the header when they are none', async () => {
    for (const header of ['1', '"1', '"1" "2"', '*, "1"', "'1'"]) {
      for (const method of ['PUT', 'PATCH']) {
        const headers = { 'if-match': header };
        const { status, text } = await call(api, path, { method, headers, json: { name: 'fork' } });
        assert.deepEqual([status, slugOf(text)], [400, '/problems/invalid-if-match'], text);
        assert.deepEqual(JSON.parse(text).errors, [
          {
            parameter: 'If-Match',
            code: 'entityTags',
            detail: 'must be * or a list of entity tags, such as "v3"',
          },
        ]);
      }
    }
  });
});

suite('scopes of x-required-scopes', () => {
  for (const [token, status] of [
    ['ann', 403],
    ['ann+items:read', 403],
    ['ann+items:read+items:all', 200],
    ['bad', 401],
  ] as const) {
    // @requirement 18
    test(`give ${token} ${status}`, async () => {
      const answer = await call(api, '/scoped', { token });
      assert.equal(answer.status, status);
      if (status === 403) {
        assert.match(answer.headers.get('www-authenticate') ?? '', /error="insufficient_scope"/);
      }
    });
  }
});

suite('deprecation', () => {
  // @requirement 58
  test('is told by every response of the operation, refusals included', async () => {
    for (const token of ['ann', 'bad']) {
      const { headers } = await call(api, '/old', { token });
      assert.equal(headers.get('deprecation'), '@1772323200');
      assert.equal(headers.get('sunset'), 'Mon, 01 Mar 2027 00:00:00 GMT');
      assert.equal(headers.get('link'), '<https://example.com/old>; rel="deprecation"; type="text/html"');
    }
    assert.equal((await call(api, '/scoped')).headers.get('deprecation'), null);
  });
});

suite('budgets', () => {
  // @requirement 38
  test('of an operation are those of x-rate-limit, each caller with their own', async () => {
    await using app = await startGuards();
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call(app, '/costly')).status);
    assert.deepEqual(statuses, [200, 200, 429, 429]);
    assert.equal((await call(app, '/costly', { token: 'bob' })).status, 200);
    assert.equal((await call(app, '/old')).status, 200);
  });

  // @requirement 59
  test('are announced with what is left and when they begin again', async () => {
    let now = 0;
    await using app = await startGuards({
      quota: { requests: 3, windowSeconds: 10 },
      monotonicMs: () => now,
    });
    const first = await call(app, '/costly');
    assert.equal(first.headers.get('ratelimit-policy'), '"caller";q=3;w=10, "getCostly";q=2;w=60');
    assert.equal(first.headers.get('ratelimit'), '"caller";r=2;t=10, "getCostly";r=1;t=60');
    now = 4500;
    const second = await call(app, '/old');
    assert.equal(second.headers.get('ratelimit'), '"caller";r=1;t=6');
    await call(app, '/old');
    const refused = await call(app, '/old');
    assert.deepEqual([refused.status, slugOf(refused.text)], [429, '/problems/rate-limited']);
    assert.equal(refused.headers.get('retry-after'), '6');
    assert.equal(refused.headers.get('ratelimit'), '"caller";r=0;t=6');
    now = 10_000;
    assert.equal((await call(app, '/old')).status, 200);
  });

  // @requirement 59
  test('of those without good credentials are per address, and no good token suffers from them', async () => {
    await using app = await startGuards({ quota: { requests: 3, windowSeconds: 60 } });
    const bad: number[] = [];
    for (let count = 0; count < 5; count += 1) bad.push((await call(app, '/old', { token: 'bad' })).status);
    assert.deepEqual(bad, [401, 401, 401, 429, 429]);
    assert.equal((await app.fetch('/open')).status, 429);
    assert.equal((await call(app, '/old')).status, 200);
  });

  // @requirement 59
  test('cannot be renewed by a forged X-Forwarded-For', async () => {
    await using app = await startGuards();
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const headers = { 'x-forwarded-for': `192.0.2.${count}` };
      statuses.push((await app.fetch('/open', { headers })).status);
    }
    assert.deepEqual(statuses, [200, 200, 429, 429]);
  });

  // @requirement 59
  test('behind a trusted proxy are those of the address that it saw', async () => {
    await using app = await startGuards({ trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] });
    const from = async (...hops: string[]): Promise<number> =>
      (await app.fetch('/open', { headers: { 'x-forwarded-for': hops.join(', ') } })).status;
    assert.deepEqual(
      [
        await from('192.0.2.1'),
        await from('6.6.6.6', '192.0.2.1'),
        await from('7.7.7.7', '192.0.2.1', '10.1.1.1'),
      ],
      [200, 200, 429],
    );
    assert.equal(await from('192.0.2.2'), 200);
  });

  test('that cannot be counted refuse nobody', async () => {
    await using app = await startGuards({
      quota: { requests: 1, windowSeconds: 60 },
      store: { take: () => Promise.reject(new Error('down')) },
    });
    for (let count = 0; count < 3; count += 1) {
      const answer = await call(app, '/old');
      assert.deepEqual([answer.status, answer.headers.get('ratelimit')], [200, null]);
    }
  });
});

suite('the app', () => {
  // @requirement 53
  test('holds its own refusals to the contract', async () => {
    const answer = await call(api, '/undeclared', { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 500, 'the contract does not declare 406 for this operation');
    assert.equal((await call(api, '/old', { headers: { accept: 'text/html' } })).status, 406);
  });

  // @requirement 61
  test('names the trace in problems', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const answer = await call(api, '/scoped', { headers });
    assert.equal(JSON.parse(answer.text).traceId, traceId);
  });

  // @requirement 63
  test('asks for encrypted connections only where a trusted proxy has one', async () => {
    const name = 'strict-transport-security';
    const headers = { 'x-forwarded-proto': 'https' };
    assert.equal((await call(api, '/old', { headers })).headers.get(name), null);
    await using app = await startGuards({ trustedProxies: ['127.0.0.1'] });
    assert.equal((await call(app, '/old', { headers })).headers.get(name), 'max-age=31536000');
    assert.equal((await call(app, '/old')).headers.get(name), null);
  });

  // @requirement 60
  test('wants a key where the contract does, and one that is a key', async () => {
    const json = { name: 'fork' };
    const missing = await call(api, '/orders', { method: 'POST', json });
    assert.equal(missing.status, 400);
    assert.deepEqual(JSON.parse(missing.text).errors, [
      { parameter: 'Idempotency-Key', code: 'required', detail: 'is required' },
    ]);
    for (const key of ['', '""', 'a b', 'x'.repeat(256)]) {
      const headers = { 'idempotency-key': key };
      assert.equal((await call(api, '/orders', { method: 'POST', json, headers })).status, 400, key);
    }
  });

  test('closes on an Expect that nobody meets without a failure', async () => {
    const answer = await sendRaw(api, [
      'GET /open HTTP/1.1',
      'Host: x',
      'Expect: magic',
      'Connection: close',
      '',
      '',
    ]);
    assert.match(answer, /^HTTP\/1\.1 (?:200|429) /);
  });
});
