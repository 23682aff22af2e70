import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { huge, json, problem, reply, type Step } from '../../test/misbehaving-server.ts';
import { anything, getTicket, ping, upload } from '../../test/sample-operations.ts';
import { get, scene, SOUP } from '../../test/scene.ts';
import { ConnectionError, UnexpectedResponseError } from './errors.ts';

suite('a result', () => {
  test('has status, body, declared headers and the response', async () => {
    await using at = await scene([json(200, SOUP, { etag: '"v1"', 'x-other': '1' })]);
    const result = await get(at.client);
    assert.deepEqual([result.status, result.ok, result.data], [200, true, SOUP]);
    assert.deepEqual(result.headers, { etag: '"v1"' });
    assert.equal(result.response.headers.get('x-other'), '1');
    assert.deepEqual([result.attempts, result.operationId], [1, 'getTicket']);
  });

  test('of a problem is a result too', async () => {
    await using at = await scene([problem(404, 'Not found')]);
    const result = await get(at.client);
    assert.equal(result.status, 404);
    assert.ok(!result.ok && result.data?.title === 'Not found');
  });

  for (const [text, value] of [
    ['3', 3],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['soon', undefined],
    ['', undefined],
    ['0x10', undefined],
    ['1, 2', undefined],
  ] as const) {
    test(`has a number of the header "${text}": ${value}`, async () => {
      await using at = await scene([problem(503, 'Later', { 'retry-after': text })], { retry: false });
      const result = await get(at.client);
      assert.deepEqual(result.headers, value === undefined ? {} : { 'retry-after': value });
      assert.equal(result.response.headers.get('retry-after'), text);
    });
  }

  test('of 304 has no body and keeps its headers', async () => {
    await using at = await scene([reply(304, { etag: '"v1"' })]);
    const result = await getTicket({ ticketId: 'soup', 'if-none-match': '"v1"' }, { client: at.client });
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
    await using at = await scene([reply(302, { location: '/tickets/soup' })], { retry: false });
    await assert.rejects(get(at.client), ConnectionError);
  });
});

suite('a response that the contract does not know', () => {
  const cases: [name: string, step: Step, message: RegExp, body: unknown][] = [
    [
      'a status that is not declared',
      reply(500, { 'content-type': 'text/html' }, '<h1>Oops</h1>'),
      /^getTicket: the contract has no 500 response of type text\/html$/,
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
      { message: 'no route' },
    ],
    [
      'a status that is not declared, as a problem',
      problem(451, 'Forbidden by law'),
      /no 451 response of type application\/problem\+json/,
      { type: '/problems/451', title: 'Forbidden by law', status: 451, requestId: 'r-1' },
    ],
    [
      'a 404 that says JSON and is none',
      reply(404, { 'content-type': 'application/json' }, 'no route'),
      /no 404 response of type application\/json/,
      'no route',
    ],
    ['no body where there must be one', reply(200), /no 200 response of type none/, ''],
    [
      'a body that is not the JSON it says',
      reply(200, { 'content-type': 'application/json' }, '{"id":'),
      /the 200 response is not the application\/json it says/,
      '{"id":',
    ],
    [
      'a response without a header that it must have',
      reply(200, { 'content-type': 'application/json' }, '{"id":"soup"}'),
      /200 response has no etag header/,
      { id: 'soup' },
    ],
    ['a 304 without a header that it must have', reply(304), /304 response has no etag header/, ''],
    [
      'a problem without one',
      problem(401, 'No'),
      /401 response has no www-authenticate header/,
      {
        type: '/problems/401',
        title: 'No',
        status: 401,
        requestId: 'r-1',
      },
    ],
  ];
  for (const [name, step, message, body] of cases) {
    test(`${name} is an UnexpectedResponseError with what came`, async () => {
      await using at = await scene([step]);
      await assert.rejects(get(at.client), (error) => {
        assert.ok(error instanceof UnexpectedResponseError);
        assert.match(error.message, message);
        assert.deepEqual(error.body, body);
        assert.equal(error.problem?.title, isProblem(body) ? body.title : undefined);
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
    await assert.rejects(get(at.client), /getTicket: the response is larger than 100000 bytes/);
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

function isProblem(body: unknown): body is { readonly title: string } {
  return typeof body === 'object' && body !== null && 'title' in body;
}
