/**
 * The generated SDK against the real contract runtime: what one writes, the other must read, for each parameter style,
 * media type and status.
 */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { THING_ID } from '#tests/contracts/kitchen-sink/handlers.ts';
import { startKitchenSink } from '#tests/contracts/kitchen-sink/start-kitchen-sink.ts';
import { createSdkTree } from './testing/sdk-tree.ts';

interface Result {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly response: Response;
}
type Call = (params: object, options: object) => Promise<Result>;

const api = await startKitchenSink();
const tree = await createSdkTree(['kitchen-sink']);
after(async () => {
  await tree[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  const loaded: unknown = await import(pathToFileURL(file).href);
  assert.ok(typeof loaded === 'object' && loaded !== null);
  return { ...loaded };
}
const operations = await load(tree.generated('kitchen-sink', 'kitchen/operations.ts'));
const { createClient } = await load(tree.runtime('client.ts'));

async function call(
  id: string,
  params: object = {},
  auth: string | undefined = 'ann',
  apiKeys: object = {},
): Promise<Result> {
  const [operation, create] = [operations[id], createClient];
  assert.ok(typeof operation === 'function' && typeof create === 'function', id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- generated in this test, compiled in another
  return (operation as Call)(params, {
    client: create({ baseUrl: api.origin, auth, apiKeys, retry: false }),
  });
}

/** What the handler was given. */
async function echoed(id: string, params: object): Promise<Readonly<Record<string, unknown>>> {
  const { status, data } = await call(id, params);
  assert.equal(status, 200, JSON.stringify(data));
  assert.ok(typeof data === 'object' && data !== null && 'request' in data);
  const request: Record<string, unknown> = JSON.parse(String(data.request));
  return request;
}

const COLOR = { R: 100, G: 200 };

/** The user that the handler saw; the status when it saw none. */
async function user(id: string, auth: string, apiKeys?: object): Promise<unknown> {
  const { status, data } = await call(id, {}, auth, apiKeys);
  return status === 200 && typeof data === 'object' && data !== null && 'user' in data ? data.user : status;
}

suite('the SDK and the server', () => {
  test('agree on every style of path parameters', async () => {
    const params = {
      simple: 5,
      simpleList: [1, 2],
      simpleListExploded: [1, 2],
      simpleColor: COLOR,
      simpleColorExploded: COLOR,
      label: 5,
      labelList: [1, 2],
      labelListExploded: [1, 2],
      labelColor: COLOR,
      labelColorExploded: COLOR,
      matrix: 5,
      matrixList: [1, 2],
      matrixListExploded: [1, 2],
      matrixColor: COLOR,
      matrixColorExploded: COLOR,
      document: COLOR,
    };
    assert.deepEqual((await echoed('echoPathStyles', params))['path'], params);
  });

  test('agree on every style of query parameters', async () => {
    const params = {
      formList: [1, 2],
      formWords: ['a,b', 'ü &=+?#', 'c'],
      formListExploded: [3, 4],
      formColor: COLOR,
      spaceList: [1, 2],
      spaceWords: ['a', 'b|c', 'd,e'],
      spaceListExploded: [1, 2],
      spaceColor: COLOR,
      pipeList: [1, 2],
      pipeWords: ['a', 'b c', 'd,e'],
      pipeListExploded: [1, 2],
      pipeColor: COLOR,
      number: -1.5,
      flag: true,
      limit: 7,
      at: '2026-01-01T00:00:00+02:00',
      day: '2026-01-01',
      id: THING_ID,
      reserved: 'a:b/c?d',
      document: COLOR,
    };
    assert.deepEqual((await echoed('echoQueryStyles', params))['query'], params);
  });

  test('agree on headers', async () => {
    const params = {
      'x-scalar': 5,
      'x-list': [1, 2],
      'x-list-exploded': ['a', 'b'],
      'x-color': COLOR,
      'x-color-exploded': COLOR,
      'x-document': COLOR,
    };
    assert.deepEqual((await echoed('echoHeaderStyles', params))['headers'], params);
  });

  test('agree on cookies', async () => {
    const params = { scalar: 5, list: [1, 2], listExploded: [3, 4], color: COLOR, theme: 'dark' };
    assert.deepEqual((await echoed('echoCookieStyles', params))['cookies'], params);
  });

  test('agree on an object of any members beside another parameter', async () => {
    const params = { own: 'x', rest: { a: 1, 'b c': 2 } };
    assert.deepEqual((await echoed('echoQueryRest', params))['query'], params);
    await assert.rejects(
      call('echoQueryRest', { own: 'x', rest: { own: 1 } }),
      /rest \(style form\) cannot carry "own"/,
    );
  });

  test('agree on forms', async () => {
    const body = { name: 'Grüße & mehr', size: 5, isHot: true, tags: ['a,b', 'c'] };
    assert.deepEqual((await echoed('echoForm', { body }))['body'], body);
  });

  test('agree on parts: files, texts of several lines, and objects', async () => {
    const fields = { caption: 'two\nlines', size: 5, color: COLOR };
    const cover = new File([new Uint8Array([0, 255])], 'a.png', { type: 'image/png' });
    const { body } = await echoed('uploadPhotos', { body: { ...fields, cover } });
    assert.ok(typeof body === 'object' && body !== null && 'cover' in body);
    const { cover: received, ...rest } = body;
    assert.deepEqual(rest, fields);
    assert.match(JSON.stringify(received), /"filename":"a.png","contentType":"image\/png","sizeBytes":2/);
  });

  test('agree on JSON with its status and headers', async () => {
    const { status, data, headers } = await call('createThing', { body: { title: 'Pan' } });
    assert.deepEqual([status, data], [201, { id: THING_ID, title: 'Pan', count: 1 }]);
    assert.deepEqual(headers, { location: `/things/${THING_ID}`, etag: '"1"' });
  });

  test('agree on text and octets', async () => {
    const text = await call('echoText', { body: 'grüße' });
    assert.deepEqual([text.status, text.data], [200, 'grüße']);
    for (const [id, params] of [
      ['echoOctets', { body: new Uint8Array([0, 255, 10]) }],
      ['echoPicture', { contentType: 'image/png', body: new Blob([new Uint8Array([0, 255, 10])]) }],
    ] as const) {
      const { status, data } = await call(id, params);
      assert.equal(status, 200, id);
      assert.ok(data instanceof Blob);
      assert.deepEqual(new Uint8Array(await data.arrayBuffer()), new Uint8Array([0, 255, 10]));
    }
  });

  test('agree on a body of octets that is a stream', async () => {
    const { status, data } = await call('echoOctets', { body: new Blob(['streamed']).stream() });
    assert.ok(status === 200 && data instanceof Blob);
    assert.equal(await data.text(), 'streamed');
  });

  test('agree on one of several media types', async () => {
    const text = await call('createNote', { contentType: 'text/plain', body: 'a note' });
    assert.deepEqual([text.status, text.data], [200, 'a note']);
  });

  test('agree on response headers that are no text', async () => {
    assert.deepEqual((await call('getHeaders')).headers, { 'x-count': 5, 'x-words': 'a, b', 'x-flag': true });
  });

  test('agree on statuses with and without a body', async () => {
    for (const status of [200, 202, 204, 303, 404]) {
      assert.equal((await call('getStatus', { status })).status, status);
    }
    await assert.rejects(call('getStatus', { status: 500 }), {
      name: 'UnexpectedResponseError',
      status: 500,
    });
  });

  test('agree on problems', async () => {
    const { status, data } = await call('createThing', { body: {} });
    assert.equal(status, 400);
    assert.ok(typeof data === 'object' && data !== null && 'title' in data && 'requestId' in data);
  });

  test('agree on who is asked for a token', async () => {
    assert.equal(await user('securedPublic', 'bad'), 200);
    assert.equal(await user('securedOptional', 'ann'), 'ann');
    assert.equal(await user('securedOptional', 'bad'), 200);
    assert.equal(await user('securedScoped', 'ann+kitchen:write'), 'ann');
    assert.equal(await user('securedScoped', 'ann'), 403);
  });

  test('agree on keys, in each place that they may have', async () => {
    assert.equal(await user('securedQueryKey', '', { queryKey: 'bob' }), 'bob');
    assert.equal(await user('securedCookieKey', '', { cookieKey: 'bob' }), 'bob');
    assert.equal(await user('securedEither', '', { headerKey: 'bob' }), 'bob');
    assert.equal(await user('securedBoth', 'ann', { headerKey: 'ann' }), 'ann');
    assert.equal(await user('securedQueryKey', 'ann', { cookieKey: 'bob' }), 401);
    await assert.rejects(
      call('securedCookieKey', {}, '', { cookieKey: 'a;b' }),
      (error: unknown) =>
        error instanceof Error &&
        /the key cookieKey has/.test(error.message) &&
        !error.message.includes('a;b'),
    );
  });
});
