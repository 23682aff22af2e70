import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { KitchenHandlers } from './generated/kitchen/handlers.ts';
import type { TestApp } from '../../kit/app.ts';
import type { ResponseChecks } from '#kernel/contract/runtime-options.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { call, type Answer } from '../../kit/call.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

/** What `getHeaders` answers next. Its type would refuse most of these: defects are what is tested. */
let nextAnswer: unknown;

/** One app per mode, with the errors that it logged last. */
async function startMode(responseChecks: ResponseChecks): Promise<{ readonly api: TestApp; log: string }> {
  const mode = { log: '' };
  const logger = createLogger({ level: 'error', destination: { write: (line) => void (mode.log += line) } });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- defects that the types would have refused
  const handlers: Partial<KitchenHandlers> = { getHeaders: (() => Promise.resolve(nextAnswer)) as never };
  return Object.assign(mode, { api: await startKitchenSink({ logger, responseChecks, handlers }) });
}

const modes = {
  enforce: await startMode('enforce'),
  log: await startMode('log'),
  off: await startMode('off'),
};
after(() => Promise.all(Object.values(modes).map(({ api }) => api[Symbol.asyncDispose]())));

async function answerOf(answer: unknown, checks: ResponseChecks): Promise<Answer & { readonly log: string }> {
  const mode = modes[checks];
  mode.log = '';
  nextAnswer = answer;
  const result = await call(mode.api, '/headers');
  return { ...result, log: mode.log };
}

/** Gives some chunks and then fails. */
function failing(chunks: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      sent += 1;
      if (sent > chunks) controller.error(new Error('disk gone'));
      else controller.enqueue(new Uint8Array(10));
    },
  });
}

const GOOD = {
  status: 200,
  body: { request: '' },
  headers: { 'x-count': 5, 'x-words': ['a', 'b'], 'x-flag': true },
};

suite('responses', () => {
  test('have their statuses, headers and bodies as the contract declares them', async () => {
    const { api } = modes.enforce;
    const answer = await answerOf(GOOD, 'enforce');
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
    const answer = await call(modes.enforce.api, '/statuses?status=404');
    assert.equal(answer.status, 404);
    assert.equal(JSON.parse(answer.text).type, '/problems/thing-not-found');
  });

  test('of defects say nothing, and the log everything but secrets', async () => {
    modes.enforce.log = '';
    const answer = await call(modes.enforce.api, '/statuses?status=500', {
      headers: { 'x-request-id': 'id-1' },
    });
    const { log } = modes.enforce;
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
    ['an unknown property', { ...GOOD, body: { request: '', password: 'x' } }, /password is not a property/],
    ['an undeclared media type', { ...GOOD, contentType: 'text/html' }, /no content of this type/],
  ];
  for (const [what, answer, expected] of breaches) {
    // @requirement 33
    test(`with ${what} are a 500 where the contract is enforced`, async () => {
      const { status, log } = await answerOf(answer, 'enforce');
      assert.equal(status, 500);
      assert.match(log, expected);
    });

    test(`with ${what} go out and are logged in production`, async () => {
      const { status, log } = await answerOf(answer, 'log');
      assert.notEqual(status, 500);
      assert.match(log, expected);
    });
  }

  test('never have a member that the contract does not declare', async () => {
    const body = { request: '', password: 'x' };
    for (const mode of ['log', 'off'] as const) {
      const { status, text, headers } = await answerOf({ ...GOOD, body }, mode);
      assert.deepEqual([status, text, headers.get('content-length')], [200, '{"request":""}', '14']);
    }
  });

  // @requirement 64
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
      const { status, headers } = await answerOf(answer, 'off');
      assert.equal(status, 500);
      assert.equal(headers.get('set-cookie'), null);
    }
  });

  test('that cannot be encoded are a 500: nothing was sent before', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['request'] = cycle;
    const { status } = await answerOf({ ...GOOD, body: cycle }, 'off');
    assert.equal(status, 500);
  });

  test('of problems that the operation does not declare are a 500 where the contract is enforced', async () => {
    for (const [mode, status] of [
      ['enforce', 500],
      ['log', 409],
    ] as const) {
      const { api } = modes[mode];
      modes[mode].log = '';
      assert.equal((await call(api, '/statuses?status=409')).status, status);
      const errors = modes[mode].log.split('\n').filter((line) => line.includes('"level":"error"'));
      assert.equal(errors.length, 1, `said once in mode ${mode}: ${errors.join('\n')}`);
      assert.match(errors[0] ?? '', /refused with 409 .*does not declare/);
    }
  });

  test('that stream and fail at once are a 500, later they break off', async () => {
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

  test('that nobody waits for abort their handler, and are logged without a status', async () => {
    const aborted = Promise.withResolvers<boolean>();
    const started = Promise.withResolvers<void>();
    const logged = Promise.withResolvers<string>();
    const logger = createLogger({ level: 'info', destination: { write: (line) => logged.resolve(line) } });
    await using api = await startKitchenSink({
      logger,
      handlers: {
        getHeaders: (_, { signal }) => {
          signal.addEventListener('abort', () => aborted.resolve(true));
          started.resolve();
          return aborted.promise.then(() => ({
            status: 200,
            body: { request: '' },
            headers: { 'x-count': 5 },
          }));
        },
      },
    });
    const controller = new AbortController();
    const request = call(api, '/headers', { signal: controller.signal }).catch(() => 'gone');
    await started.promise;
    controller.abort();
    assert.equal(await aborted.promise, true);
    assert.equal(await request, 'gone');
    const line: unknown = JSON.parse(await logged.promise);
    assert.partialDeepStrictEqual(line, { msg: 'request', route: '/headers', aborted: true });
    assert.ok(!('status' in Object(line)), 'no status was sent');
  });
});
