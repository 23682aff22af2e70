import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { KitchenHandlers } from '../../../scripts/generator/testdata/accepted/kitchen-sink/expected/generated/kitchen/handlers.ts';
import type { ContractAppOptions } from '../../app.ts';
import { createLogger } from '#kernel/middleware/logger.ts';
import { call, type Answer } from './call.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

/** Handlers that break their contract do not compile; these come from JSON, as a defect at run time would. */
function broken(answer: unknown): never {
  const handler = (): Promise<unknown> => Promise.resolve(answer);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a defect that the types would have refused
  return handler as never;
}

async function answerOf(
  answer: unknown,
  options: Partial<ContractAppOptions> = {},
): Promise<Answer & { readonly log: string }> {
  let log = '';
  const destination = { write: (line: string): void => void (log += line) };
  const logger = createLogger({ level: 'error', destination });
  const handlers: Partial<KitchenHandlers> = { getHeaders: broken(answer) };
  await using api = await startKitchenSink({ logger, handlers, ...options });
  return { ...(await call(api, '/headers')), log };
}

const GOOD = {
  status: 200,
  body: { request: '' },
  headers: { 'x-count': 5, 'x-words': ['a', 'b'], 'x-flag': true },
};

suite('responses', () => {
  test('have their statuses, headers and bodies as the contract declares them', async () => {
    await using api = await startKitchenSink();
    const answer = await call(api, '/headers');
    assert.equal(answer.headers.get('x-count'), '5');
    assert.equal(answer.headers.get('x-words'), 'a, b');
    assert.equal(answer.headers.get('x-flag'), 'true');
    for (const [status, length] of [
      [200, '17'],
      [202, '0'],
      [204, null],
    ] as const) {
      const { headers, ...rest } = await call(api, `/statuses?status=${status}`);
      assert.equal(rest.status, status);
      assert.equal(headers.get('content-length'), length);
    }
    const elsewhere = await call(api, '/statuses?status=303');
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('location')], [303, '/things']);
  });

  test('of domain errors are problems', async () => {
    await using api = await startKitchenSink();
    const answer = await call(api, '/statuses?status=404');
    assert.equal(answer.status, 404);
    assert.equal(JSON.parse(answer.text).type, '/problems/thing-not-found');
  });

  test('of defects say nothing, and the log everything but secrets', async () => {
    let log = '';
    const logger = createLogger({ level: 'error', destination: { write: (line) => void (log += line) } });
    await using api = await startKitchenSink({ logger });
    const answer = await call(api, '/statuses?status=500', { headers: { 'x-request-id': 'id-1' } });
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.text, /postgres|secret|\.ts/);
    assert.match(log, /"requestId":"id-1"/);
    assert.match(log, /is down/);
    assert.doesNotMatch(log, /secret/);
  });

  const breaches: readonly (readonly [string, unknown, RegExp])[] = [
    ['an undeclared status', { status: 418 }, /does not declare the status 418/],
    ['a missing header', { ...GOOD, headers: {} }, /lacks the header x-count/i],
    ['a header of another type', { ...GOOD, headers: { 'x-count': 'many' } }, /x-count must be integer/],
    ['a missing body', { ...GOOD, body: undefined }, /lacks its body/],
    ['a wrong body', { ...GOOD, body: { request: 5 } }, /request must be string/],
    ['an unknown property', { ...GOOD, body: { request: '', password: 'x' } }, /additional properties/],
    ['an undeclared media type', { ...GOOD, contentType: 'text/html' }, /no content of this type/],
  ];
  for (const [what, answer, expected] of breaches) {
    test(`with ${what} are a 500 where the contract is enforced`, async () => {
      const { status, log } = await answerOf(answer);
      assert.equal(status, 500);
      assert.match(log, expected);
    });

    test(`with ${what} go out and are logged in production`, async () => {
      const { status, log } = await answerOf(answer, { responseChecks: 'log' });
      assert.notEqual(status, 500);
      assert.match(log, expected);
    });
  }

  test('that are no responses, or could split headers, are a 500 in production too', async () => {
    for (const answer of [
      undefined,
      5,
      { status: 'ok' },
      { status: 42 },
      { ...GOOD, headers: { 'x-count': '5\r\nset-cookie: a=b' } },
      { ...GOOD, headers: { 'x-count': 5, 'content-length': 3 } },
      { ...GOOD, headers: { 'x-count': 5, 'bad name': 'x' } },
      { ...GOOD, headers: { 'x-count': 'Grüße 😀' } },
    ]) {
      const { status, headers } = await answerOf(answer, { responseChecks: 'off' });
      assert.equal(status, 500);
      assert.equal(headers.get('set-cookie'), null);
    }
  });

  test('that cannot be encoded are a 500: nothing was sent before', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const { status } = await answerOf({ ...GOOD, body: cycle }, { responseChecks: 'off' });
    assert.equal(status, 500);
  });

  test('of problems that the operation does not declare are a 500 where the contract is enforced', async () => {
    await using strict = await startKitchenSink();
    assert.equal((await call(strict, '/statuses?status=409')).status, 500);
    await using lenient = await startKitchenSink({ responseChecks: 'log' });
    assert.equal((await call(lenient, '/statuses?status=409')).status, 409);
  });

  test('that stream and fail at once are a 500, later they break off', async () => {
    const failing = (chunks: number): ReadableStream<Uint8Array> => {
      let sent = 0;
      return new ReadableStream({
        pull(controller) {
          sent += 1;
          if (sent > chunks) controller.error(new Error('disk gone'));
          else controller.enqueue(new Uint8Array(10));
        },
      });
    };
    for (const [chunks, outcome] of [
      [0, 500],
      [3, 'broken'],
    ] as const) {
      await using api = await startKitchenSink({
        handlers: { echoOctets: () => Promise.resolve({ status: 200, body: failing(chunks) }) },
      });
      const result = await call(api, '/octets', {
        method: 'POST',
        body: new Uint8Array(1),
        headers: { 'content-type': 'application/octet-stream' },
      }).then(
        ({ status }) => status,
        () => 'broken',
      );
      assert.equal(result, outcome);
    }
  });

  test('that stream stop their source when the client goes away', async () => {
    const cancelled = Promise.withResolvers<boolean>();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
      cancel: () => cancelled.resolve(true),
    });
    await using api = await startKitchenSink({
      handlers: { echoOctets: () => Promise.resolve({ status: 200, body: endless }) },
    });
    const controller = new AbortController();
    const response = await api.fetch('/octets', {
      method: 'POST',
      token: 'ann',
      body: new Uint8Array(1),
      headers: { 'content-type': 'application/octet-stream' },
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    controller.abort();
    assert.equal(await cancelled.promise, true);
  });

  test('that nobody waits for abort their handler', async () => {
    const aborted = Promise.withResolvers<boolean>();
    const started = Promise.withResolvers<void>();
    await using api = await startKitchenSink({
      handlers: {
        getHeaders: (_, { signal }) => {
          signal.addEventListener('abort', () => aborted.resolve(true));
          started.resolve();
          return aborted.promise.then(() => broken(undefined));
        },
      },
    });
    const controller = new AbortController();
    const request = call(api, '/headers', { signal: controller.signal }).catch(() => 'gone');
    await started.promise;
    controller.abort();
    assert.equal(await aborted.promise, true);
    assert.equal(await request, 'gone');
  });
});
