import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { call } from './call.ts';
import { createClient } from './client.ts';
import { either, empty, eventStream, json, text, type BodyDecoder } from './decode-body.ts';
import type { AnyResult } from './result.ts';

function resultOf(
  responses: Readonly<Record<string, BodyDecoder>>,
  answer: Response,
  seen: (init: RequestInit | undefined) => void = () => undefined,
  redirect?: 'manual',
): Promise<AnyResult> {
  const client = createClient({
    baseUrl: 'http://api.test',
    fetch: (_url, init) => {
      seen(init);
      return Promise.resolve(answer);
    },
  });
  return call(
    { id: 'read', method: 'GET', path: '/', responses, ...(redirect && { redirect }) },
    {},
    { client, retry: false },
  );
}

function textOf(bytes: readonly number[] | string, type: string): Promise<unknown> {
  const body = typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
  const answer = new Response(body, { headers: { 'content-type': type } });
  return resultOf({ 200: type.includes('json') ? json : text }, answer).then(({ data }) => data);
}

suite('the text of a response', () => {
  const read: readonly (readonly [bytes: readonly number[] | string, type: string, value: unknown])[] = [
    ['\ufeffa', 'text/plain', '\ufeffa'],
    ['\ufeffa', 'text/plain; charset=UTF-8', '\ufeffa'],
    ['\ufeff{"a":"\ufeff"}', 'application/json', { a: '\ufeff' }],
    [[0xe9], 'text/plain; charset=iso-8859-1', 'é'],
    [[0xe9], 'text/plain;charset="ISO-8859-1"; x=y', 'é'],
    [[0xe9, 0], 'text/csv; charset=utf-16le', 'é'],
    [[0x22, 0xc3, 0xa9, 0x22], 'application/json; charset=iso-8859-1', 'é'],
    ['', 'text/plain', ''],
  ];
  for (const [bytes, type, value] of read) {
    test(`${JSON.stringify(bytes)} of ${type} is ${JSON.stringify(value)}`, async () => {
      assert.deepEqual(await textOf(bytes, type), value);
    });
  }

  for (const [bytes, type] of [
    [[0xff], 'text/plain'],
    [[0x22, 0xff, 0x22], 'application/json'],
    ['a', 'text/plain; charset=klingon'],
  ] as const) {
    test(`${JSON.stringify(bytes)} of ${type} is no result`, async () => {
      await assert.rejects(textOf(bytes, type), {
        name: 'UnexpectedResponseError',
        message: `read: the 200 response is not the ${type.replace(/;.*/, '')} it says`,
      });
    });
  }
});

suite('a redirect', () => {
  for (const redirect of ['manual', undefined] as const) {
    test(`is ${redirect ? 'a result' : 'followed'} where the contract declares ${redirect ? 'one' : 'none'}`, async () => {
      let sent: RequestRedirect | undefined;
      const answer = new Response(null, { status: 303 });
      const responses = { 303: empty };
      const result = await resultOf(responses, answer, (init) => (sent = init?.redirect), redirect);
      assert.deepEqual([result.status, sent], [303, redirect ?? 'follow']);
    });
  }

  test('that a browser hides is said to be one', async () => {
    const hidden = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    await assert.rejects(resultOf({ 303: empty }, hidden), /browsers hide the redirect/);
  });
});

suite('server-sent events', () => {
  test('are a stream, given before it ends', async () => {
    let isCancelled = false;
    const events = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: () => {
        isCancelled = true;
      },
    });
    const answer = new Response(events, { headers: { 'content-type': 'text/event-stream' } });
    const { data } = await resultOf({ 200: either(eventStream, json) }, answer);
    assert.ok(data instanceof ReadableStream);
    const reader = data.getReader();
    const { value }: { value?: Uint8Array } = await reader.read();
    assert.equal(new TextDecoder().decode(value), 'data: 1\n\n');
    await reader.cancel();
    assert.ok(isCancelled);
  });

  test('stand beside JSON, which is read as ever', async () => {
    const answer = new Response('{"a":1}', { headers: { 'content-type': 'application/json' } });
    assert.deepEqual((await resultOf({ 200: either(eventStream, json) }, answer)).data, { a: 1 });
  });
});
