import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getTicket, listTickets, orderMeal, updateTicket, upload } from '../../test/sample-operations.ts';
import { buildRequest, type BuiltRequest } from './build-request.ts';
import { createClient } from './client.ts';
import type { OperationDescriptor } from './descriptor.ts';
import { empty } from './decode-body.ts';
import { form, header } from './encode-parameter.ts';
import { cookiesOf, label, queryOf } from './encode-parameter-styles.ts';

const client = createClient({ baseUrl: 'https://api.example.com/v1/' });

function build(descriptor: OperationDescriptor, params: object, headers?: HeadersInit): BuiltRequest {
  return buildRequest(client, descriptor, { ...params }, headers ? { headers } : {});
}

/** The idempotency key that a call is sent with. */
function key(params: object): string | undefined {
  return build(orderMeal.descriptor, { body: {}, ...params }).headers['idempotency-key'];
}

function send(contentType: string, body: unknown): BuiltRequest {
  return build(upload.descriptor, { contentType, body });
}

function fileOf(body: FormData, name: string): File {
  const part = body.get(name);
  assert.ok(part instanceof File);
  return part;
}

suite('the URL', () => {
  test('joins the base URL with or without a slash, path and query of the base stay whole', () => {
    for (const baseUrl of [
      'https://api.example.com',
      'https://api.example.com/',
      'https://api.example.com/v1//',
    ]) {
      const { url } = buildRequest(createClient({ baseUrl }), getTicket.descriptor, { ticketId: 'a' }, {});
      assert.equal(url, `${baseUrl.replace(/\/+$/, '')}/tickets/a`);
    }
  });

  test('percent-encodes path parameters, so that they stay one segment', () => {
    const { url } = build(getTicket.descriptor, { ticketId: 'a/b?c#d%2e e;é' });
    assert.equal(url, 'https://api.example.com/v1/tickets/a%2Fb%3Fc%23d%252e%20e%3B%C3%A9');
    assert.equal(new URL(url).pathname.split('/').length, 4);
  });

  test('refuses path parameters that a URL parser would resolve', () => {
    for (const ticketId of ['.', '..']) {
      assert.throws(() => build(getTicket.descriptor, { ticketId }), /a path parameter is \. or \.\./);
    }
    const between: OperationDescriptor = {
      id: 'o',
      method: 'GET',
      path: '/a/{x}/b',
      responses: { 200: empty },
    };
    assert.throws(() => build(between, { x: '..' }), /\.\./);
    const twice = { ...between, path: '/a/{x}{y}' };
    assert.throws(() => build(twice, { x: '.', y: '.' }), /\.\./);
    assert.throws(() => build({ ...between, pathStyles: { x: label } }, { x: '.' }), /\.\./);
    assert.match(build(between, { x: '...' }).url, /\/a\/\.\.\.\/b$/);
    assert.match(build(between, { x: '%2e%2e' }).url, /\/a\/%252e%252e\/b$/);
  });

  test('refuses a path parameter that is missing or empty', () => {
    for (const params of [
      {},
      { ticketId: '' },
      { ticketId: undefined },
      { ticketId: null },
      { ticketId: [] },
    ]) {
      assert.throws(() => build(getTicket.descriptor, params), /ticketId is missing or empty/);
    }
  });

  test('has a query only of what is given, and of nothing that is not declared', () => {
    assert.equal(build(listTickets.descriptor, {}).url, 'https://api.example.com/v1/tickets');
    assert.equal(
      build(listTickets.descriptor, { limit: 0, cursor: undefined, tag: ['a&b', 'ü'], other: 1 }).url,
      'https://api.example.com/v1/tickets?limit=0&tag=a%26b&tag=%C3%BC',
    );
  });

  test('takes no parameter from the prototype of all objects', () => {
    const odd: OperationDescriptor = {
      id: 'odd',
      method: 'GET',
      path: '/odd',
      query: queryOf({ constructor: form, toString: form }),
      responses: { 200: empty },
    };
    assert.equal(build(odd, {}).url, 'https://api.example.com/v1/odd');
    assert.equal(build(odd, { toString: 'x' }).url, 'https://api.example.com/v1/odd?toString=x');
  });

  test('tells parameters of the same name apart by their keys', () => {
    const twins: OperationDescriptor = {
      id: 'twins',
      method: 'GET',
      path: '/twins/{id}',
      query: queryOf({ idQuery: form }),
      headers: { idHeader: header },
      names: { idQuery: 'id', idHeader: 'id' },
      responses: { 200: empty },
    };
    const { url, headers } = build(twins, { id: 'a', idQuery: 'b', idHeader: 'c' });
    assert.equal(url, 'https://api.example.com/v1/twins/a?id=b');
    assert.equal(headers['id'], 'c');
  });
});

suite('headers', () => {
  test('carry parameters, the media types that are understood, and what client and call add', () => {
    const adding = createClient({
      baseUrl: 'http://a.test',
      headers: { 'X-App': 'web', 'X-Both': 'client' },
    });
    const { headers } = buildRequest(
      adding,
      updateTicket.descriptor,
      { ticketId: 'a', 'if-match': '"v1"', body: {} },
      { headers: [['X-Both', 'call']] },
    );
    assert.deepEqual(headers, {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/merge-patch+json',
      'if-match': '"v1"',
      'x-app': 'web',
      'x-both': 'call',
    });
  });

  test('refuse a token: hooks would see it', () => {
    assert.throws(() => build(getTicket.descriptor, { ticketId: 'a' }, { Authorization: 'Bearer x' }), {
      message: 'a token is given as auth, not in headers',
    });
  });

  test('get an idempotency key where the operation declares one, unless the caller has one', () => {
    assert.match(key({}) ?? '', /^[0-9a-z]{16,}$/);
    assert.notEqual(key({}), key({}));
    assert.equal(key({ 'idempotency-key': 'mine' }), 'mine');
  });

  test('carry cookies', () => {
    const cookies: OperationDescriptor = {
      id: 'c',
      method: 'GET',
      path: '/c',
      cookies: cookiesOf({ a: form, b: form }),
      responses: { 200: empty },
    };
    assert.equal(build(cookies, { a: '1;2', b: 'x' }).headers['cookie'], 'a=1%3B2; b=x');
  });
});

suite('the body', () => {
  test('is JSON, and absent when it is undefined', () => {
    assert.equal(
      build(updateTicket.descriptor, { ticketId: 'a', body: { title: null } }).body,
      '{"title":null}',
    );
    const without = build(updateTicket.descriptor, { ticketId: 'a', body: undefined });
    assert.equal(without.body, undefined);
    assert.equal(without.headers['content-type'], undefined);
  });

  test('is a form: arrays repeat, objects are JSON, undefined is left out', () => {
    const { body, headers } = send('application/x-www-form-urlencoded', {
      a: 'x y',
      b: [1, true],
      c: { d: null },
      e: undefined,
    });
    assert.ok(body instanceof URLSearchParams);
    assert.equal(body.toString(), 'a=x+y&b=1&b=true&c=%7B%22d%22%3Anull%7D');
    assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
  });

  test('is multipart: files keep their name and type, and the boundary is left to fetch', async () => {
    const photo = new File(['data'], 'soup.png', { type: 'image/png' });
    const { body, headers } = send('multipart/form-data', {
      photo,
      tags: ['a', 2],
      meta: { x: 1 },
      raw: new Uint8Array([1, 2]),
      none: undefined,
    });
    assert.ok(body instanceof FormData);
    assert.equal(headers['content-type'], undefined);
    assert.deepEqual([...body.keys()], ['photo', 'tags', 'tags', 'meta', 'raw']);
    assert.deepEqual(body.getAll('tags'), ['a', '2']);
    const [file, meta, raw] = ['photo', 'meta', 'raw'].map((name) => fileOf(body, name));
    assert.deepEqual([file?.name, file?.type, await file?.text()], ['soup.png', 'image/png', 'data']);
    assert.deepEqual([meta?.type, await meta?.text()], ['application/json', '{"x":1}']);
    assert.deepEqual(new Uint8Array((await raw?.arrayBuffer()) ?? []), new Uint8Array([1, 2]));
  });

  test('goes out as it is for octets, under the type that the caller names', () => {
    const bytes = new Uint8Array([1]);
    const { body, headers } = send('image/png', bytes);
    assert.equal(body, bytes);
    assert.equal(headers['content-type'], 'image/png');
  });

  test('of a type that the contract lacks is refused', () => {
    assert.throws(() => send('audio/ogg', 'x'), /contentType audio\/ogg is not in the contract/);
  });
});
