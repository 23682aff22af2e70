import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call, requestOf, sendRaw } from '../../kit/call.ts';
import { THING_ID } from './handlers.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

const api = await startKitchenSink({ allowedOrigins: ['https://app.example'] });
after(() => api[Symbol.asyncDispose]());

/** The status line, headers and body of a raw `GET`, the connection closed after it. */
function rawGet(target: string, ...lines: readonly string[]): Promise<string> {
  return sendRaw(api, [`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', '']);
}

suite('HTTP semantics', () => {
  // @requirement 39, 43
  test('404 for paths that the contract lacks, as a problem', async () => {
    for (const path of [
      '/nope',
      '//headers',
      '/headers/',
      '/HEADERS',
      '/head%65rs',
      '/headers;x',
      '/headers.json',
    ]) {
      const answer = await call(api, path);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal(JSON.parse(answer.text).type, '/problems/no-such-path');
    }
  });

  // @requirement 41, 42
  test('405 with the methods of the contract', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const answer = await call(api, '/things', { method });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'OPTIONS, POST');
    }
    for (const line of ['TRACE /headers HTTP/1.1', 'CONNECT x:443 HTTP/1.1']) {
      const answer = await sendRaw(api, [line, 'Host: x', 'Connection: close', '', '']);
      assert.match(answer, /^HTTP\/1\.1 405 /);
      assert.match(answer, /\r\nallow: /i);
      assert.match(answer, /\/problems\/method-not-allowed/);
    }
  });

  // @requirement 42
  test('OPTIONS tells the methods without credentials', async () => {
    const response = await api.fetch(`/things/${THING_ID}`, { method: 'OPTIONS' });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('allow'), 'DELETE, GET, HEAD, OPTIONS, PATCH');
    assert.match(
      await sendRaw(api, ['OPTIONS * HTTP/1.1', 'Host: x', 'Connection: close', '', '']),
      /^HTTP\/1\.1 204 /,
    );
  });

  // @requirement 40
  test('HEAD has the status and headers of GET, and no body', async () => {
    const get = await call(api, `/things/${THING_ID}`);
    const head = await call(api, `/things/${THING_ID}`, { method: 'HEAD' });
    assert.equal(head.status, get.status);
    assert.equal(head.text, '');
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      assert.equal(head.headers.get(name), get.headers.get(name), name);
    }
    assert.equal((await api.fetch(`/things/${THING_ID}`, { method: 'HEAD' })).status, 401);
  });

  // @requirement 48
  test('a representation that the client has is not sent again', async () => {
    for (const tag of ['"1"', 'W/"1"', '"0", "1"', '"a,b","1"', '*']) {
      const answer = await call(api, `/things/${THING_ID}`, { headers: { 'if-none-match': tag } });
      assert.equal(answer.status, 304, tag);
      assert.equal(answer.text, '');
      assert.equal(answer.headers.get('etag'), '"1"');
      assert.equal(answer.headers.get('content-type'), null);
    }
    for (const tag of ['"2"', '"2,1"', '"1', '1', '"2" "1"', '*, "1"']) {
      const other = await call(api, `/things/${THING_ID}`, { headers: { 'if-none-match': tag } });
      assert.equal(other.status, 200, tag);
    }
    const lines = ['Authorization: Bearer ann', 'If-None-Match: "a,b"', 'If-None-Match: W/"1"'];
    assert.match(await rawGet(`/things/${THING_ID}`, ...lines), /^HTTP\/1\.1 304 /);
  });

  // @requirement 44
  test('406 when the client takes no type that there is', async () => {
    for (const accept of [
      'text/html',
      'application/xml;q=1',
      'application/json;q=0',
      '*/*;q=1, application/json;q=0',
    ]) {
      assert.equal((await call(api, '/headers', { headers: { accept } })).status, 406, accept);
    }
    for (const accept of [
      '*/*',
      'application/*',
      'text/html, application/json;q=0.1',
      'APPLICATION/JSON',
      'nonsense',
      '',
    ]) {
      assert.equal((await call(api, '/headers', { headers: { accept } })).status, 200, accept);
    }
    assert.equal(
      (await call(api, '/octets', { method: 'POST', headers: { accept: 'text/html' } })).status,
      406,
    );
    const empty = await call(api, `/things/${THING_ID}`, {
      method: 'DELETE',
      headers: { accept: 'text/html' },
    });
    assert.equal(empty.status, 204);
  });

  // @requirement 55
  test('an absolute-form target is served like the origin-form one, credentials included', async () => {
    assert.match(await rawGet('http://other.example/headers'), /^HTTP\/1\.1 401 /);
    assert.match(
      await rawGet('http://other.example/headers', 'Authorization: Bearer ann'),
      /^HTTP\/1\.1 200 /,
    );
  });

  // @requirement 36
  test('no trick around the path reaches a handler without credentials', async () => {
    for (const target of [
      '/headers#a',
      '/headers?#a',
      '/./headers',
      '/x/../headers',
      '/%2e/headers',
      '/headers%00',
      '/headers%2f',
      '/HEADERS',
      '//headers',
      '\\headers',
      'http://x#/headers',
    ]) {
      assert.match(await rawGet(target), /^HTTP\/1\.1 4\d\d /, target);
    }
    for (const name of ['x-http-method-override', 'x-original-url', 'x-rewrite-url']) {
      const response = await api.fetch('/headers', { headers: { [name]: '/security/public' } });
      assert.equal(response.status, 401);
    }
  });

  // @requirement 56
  test('400 for two Host or Authorization lines, or no Host', async () => {
    const two = await rawGet('/headers', 'Host: y', 'Authorization: Bearer ann');
    assert.match(two, /^HTTP\/1\.1 400 /);
    const tokens = await rawGet('/headers', 'Authorization: Bearer ann', 'Authorization: Bearer bob');
    assert.match(tokens, /^HTTP\/1\.1 400 /);
    assert.match(tokens, /www-authenticate: Bearer error="invalid_request"/i);
    assert.match(
      await sendRaw(api, ['GET /headers HTTP/1.1', 'Connection: close', '', '']),
      /^HTTP\/1\.1 400 /,
    );
  });

  test('400 as a problem, and the connection closed, for what is no HTTP', async () => {
    const head = ['POST /text HTTP/1.1', 'Host: x'];
    for (const lines of [
      ['nonsense', '', ''],
      [...head, 'Content-Length: 1', 'Transfer-Encoding: chunked', '', '0', '', ''],
      [...head, 'Content-Length: 1', 'Content-Length: 2', '', 'ab'],
      [...head, 'Transfer-Encoding: chunked', '', 'zz', '', ''],
      [...head, 'X: a\0b', '', ''],
      [...head, 'Bad Name: x', '', ''],
    ]) {
      const answer = await sendRaw(api, lines);
      assert.match(answer, /^HTTP\/1\.1 400 /, lines.join('|'));
      assert.match(answer, /application\/problem\+json/);
    }
    const large = await sendRaw(api, ['GET / HTTP/1.1', 'Host: x', `X: ${'a'.repeat(20_000)}`, '', '']);
    assert.match(large, /^HTTP\/1\.1 431 /);
    assert.match(large, /headers-too-large/);
  });

  // @requirement 64
  test('a request id is taken when it is harmless, and made otherwise', async () => {
    const taken = await call(api, '/nope', { headers: { 'x-request-id': 'abc-1.2_3' } });
    assert.equal(taken.headers.get('x-request-id'), 'abc-1.2_3');
    assert.equal(JSON.parse(taken.text).requestId, 'abc-1.2_3');
    for (const id of ['a b', 'a'.repeat(129), '<x>', '']) {
      const made = await call(api, '/nope', { headers: { 'x-request-id': id } });
      assert.match(made.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    }
  });

  // @requirement 63
  test('every answer has the headers that keep browsers safe, and none that names the framework', async () => {
    for (const path of ['/nope', '/livez', '/headers', '/docs']) {
      const { headers } = await call(api, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('x-powered-by'), null);
      assert.equal(headers.get('server'), null);
    }
  });
});

suite('CORS', () => {
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, x-a',
  };

  // @requirement 62
  test('answers the preflight of an allowed origin without credentials', async () => {
    const response = await api.fetch('/things', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', ...preflight },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://app.example');
    assert.equal(response.headers.get('access-control-allow-headers'), 'authorization, x-a');
    assert.equal(response.headers.get('access-control-allow-credentials'), null);
    assert.equal(response.headers.get('vary'), 'Origin');
  });

  // @requirement 62
  test('says nothing to other origins', async () => {
    for (const origin of ['https://app.example.evil', 'http://app.example', 'null', 'https://APP.example']) {
      for (const headers of [{ origin }, { origin, ...preflight }]) {
        const method = 'access-control-request-method' in headers ? 'OPTIONS' : 'GET';
        const response = await api.fetch('/headers', { method, headers });
        assert.equal(response.headers.get('access-control-allow-origin'), null);
        assert.equal(response.headers.get('vary'), 'Origin');
      }
    }
  });

  // @requirement 62
  test('lets an allowed page read a refusal', async () => {
    const response = await api.fetch('/headers', { headers: { origin: 'https://app.example' } });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://app.example');
    assert.match(response.headers.get('access-control-expose-headers') ?? '', /etag/);
  });

  // @requirement 62
  test('lets an allowed page read the headers that the contract declares, and send those that it asks for', async () => {
    const origin = 'https://app.example';
    const response = await api.fetch('/headers', { headers: { origin, authorization: 'Bearer ann' } });
    const exposed = response.headers.get('access-control-expose-headers')?.split(', ') ?? [];
    for (const name of ['x-count', 'x-words', 'x-flag', 'etag', 'x-request-id']) {
      assert.ok(exposed.includes(name), name);
    }
    const asked = 'x_key, x.y, authorization';
    const headers = { origin, ...preflight, 'access-control-request-headers': asked };
    const preflighted = await api.fetch('/headers', { method: 'OPTIONS', headers });
    assert.equal(preflighted.headers.get('access-control-allow-headers'), asked);
  });

  // @requirement 62
  test('is off by default', async () => {
    await using closed = await startKitchenSink();
    const response = await closed.fetch('/headers', { headers: { origin: 'https://app.example' } });
    assert.equal(response.headers.get('vary'), null);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });
});

// @requirement 18, 31
suite('security of the contract', () => {
  const cases: readonly (readonly [string, Record<string, string>, number, string | undefined])[] = [
    ['/security/public', {}, 200, undefined],
    ['/security/public', { authorization: 'Bearer bad' }, 200, undefined],
    ['/security/optional', {}, 200, undefined],
    ['/security/optional', { authorization: 'Bearer ann' }, 200, 'ann'],
    ['/security/optional', { authorization: 'Bearer bad' }, 200, undefined],
    ['/security/optional', { authorization: 'Bearer down' }, 503, undefined],
    ['/security/scoped', {}, 401, undefined],
    ['/security/scoped', { authorization: 'Bearer ann' }, 403, undefined],
    ['/security/scoped', { authorization: 'Bearer ann+kitchen:write' }, 200, 'ann'],
    ['/security/either', { 'x-key': 'kim' }, 200, 'kim'],
    ['/security/either', { authorization: 'Bearer ann+kitchen:write' }, 200, 'ann'],
    ['/security/either', {}, 401, undefined],
    ['/security/both', { authorization: 'Bearer ann' }, 401, undefined],
    ['/security/both', { 'x-key': 'kim' }, 401, undefined],
    ['/security/both', { authorization: 'Bearer ann', 'x-key': 'kim' }, 200, 'ann'],
    ['/security/query-key?key=kim', {}, 200, 'kim'],
    ['/security/query-key', {}, 401, undefined],
    ['/security/cookie-key', { cookie: 'key=kim' }, 200, 'kim'],
    ['/security/cookie-key', {}, 401, undefined],
    ['/headers', { authorization: 'Bearer bad' }, 401, undefined],
    ['/headers', { authorization: 'Bearer down' }, 503, undefined],
  ];
  for (const [path, headers, status, user] of cases) {
    // @requirement 63
    test(`${path} with ${JSON.stringify(headers)} is ${status} for ${user ?? 'nobody'}`, async () => {
      const response = await api.fetch(path, { headers });
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.equal(JSON.parse(text).user, user);
      if (status === 401) assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/);
      if (status === 503) assert.equal(response.headers.get('retry-after'), '2');
      const isPublic = path === '/security/public';
      assert.equal(response.headers.get('cache-control'), isPublic ? null : 'no-store');
    });
  }

  // @requirement 20
  test('a refusal costs no reading of the body', async () => {
    const answer = await sendRaw(api, [
      'POST /octets HTTP/1.1',
      'Host: x',
      'Content-Type: application/octet-stream',
      'Content-Length: 8000000',
      '',
      'only this',
    ]);
    assert.match(answer, /^HTTP\/1\.1 401 /);
    assert.match(answer, /connection: close/i);
  });

  test('overlapping requests keep their users and parameters apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const answer = await call(api, `/query-styles?limit=${(index % 100) + 1}`, { token: `user${index}` });
        return [JSON.parse(answer.text).user, requestOf(answer)];
      }),
    );
    answers.forEach((answer, index) => {
      assert.deepEqual(answer, [`user${index}`, { query: { limit: (index % 100) + 1 } }]);
    });
  });
});
