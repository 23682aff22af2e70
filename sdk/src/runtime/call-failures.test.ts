import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import { createTicket, getTicket, listTickets, ping, upload } from '../../test/sample-operations.ts';
import { createClient, setDefaultClient, type CallOptions, type ClientOptions } from './client.ts';
import {
  AbortedError,
  AuthError,
  CallError,
  ConnectionError,
  HookError,
  RequestError,
  TimeoutError,
  UnexpectedResponseError,
} from './errors.ts';
import type { Attempt } from './hooks.ts';
import { paginate } from './paginate.ts';

const THROWN = new Error('mine');
const fail = (): never => {
  throw THROWN;
};
const rejects = (): Promise<never> => Promise.reject(THROWN);
const endless = (): Promise<never> => new Promise(() => {});

const answers = (...responses: readonly (() => unknown)[]): typeof fetch => {
  let count = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- some answers are what no fetch gives, on purpose
  return (async () => responses[Math.min(count++, responses.length - 1)]?.()) as typeof fetch;
};
const ticket = (): Response => Response.json({ id: 'a', title: 'A' }, { headers: { etag: '"v1"' } });
const refused = (): Response =>
  Response.json({}, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });

interface Case {
  readonly options?: Partial<ClientOptions>;
  readonly call?: CallOptions;
  readonly run?: (options: CallOptions) => Promise<unknown>;
  readonly kind: abstract new (...args: never) => CallError;
  /** Requests that were sent. */
  readonly attempts: number;
  /** What the error's cause is; absent when it is none of ours. */
  readonly cause?: unknown;
  readonly message: RegExp;
}

const getOne = (options: CallOptions): Promise<unknown> => getTicket({ ticketId: 'a' }, options);

/** Every place where something that is not the SDK's can throw, never end, or give what it must not. */
const CASES: Readonly<Record<string, Case>> = {
  // Parameters and options
  'a parameter of the path that is missing': {
    run: (options) => getTicket({ ticketId: '' }, options),
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: ticketId is missing or empty/,
  },
  // oxlint-disable typescript/no-unsafe-type-assertion -- what the types refuse, JavaScript gives
  'a parameter whose text cannot be made': {
    run: (options) => listTickets({ cursor: { toString: fail } as never }, options),
    kind: RequestError,
    attempts: 0,
    cause: THROWN,
    message: /^listTickets: mine$/,
  },
  'a body that JSON cannot say': {
    run: (options) => createTicket({ body: { title: 1n } as never }, options),
    kind: RequestError,
    attempts: 0,
    message: /^createTicket: .*BigInt/,
  },
  'a media type that the contract does not have': {
    run: (options) => upload({ contentType: 'a/b', body: '' } as never, options),
    kind: RequestError,
    attempts: 0,
    message: /a\/b is not in the contract/,
  },
  'a header that cannot be sent': {
    call: { headers: { 'x-a': 'ü€' } },
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: /,
  },
  'a header parameter that cannot be sent': {
    run: (options) => getTicket({ ticketId: 'a', 'if-none-match': 'a\nb' }, options),
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: /,
  },
  'a token among the headers': {
    call: { headers: { Authorization: 'Bearer x' } },
    kind: RequestError,
    attempts: 0,
    message: /a token is given as auth/,
  },
  'a time that is none': {
    call: { timeoutMs: Number.NaN },
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: timeoutMs must be a number above 0$/,
  },
  'a signal that is none': {
    call: { signal: {} as never },
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: /,
  },
  // oxlint-enable typescript/no-unsafe-type-assertion
  // The token
  'auth that throws': {
    options: { auth: fail },
    kind: AuthError,
    attempts: 0,
    cause: THROWN,
    message: /mine/,
  },
  'auth that rejects': {
    options: { auth: rejects },
    kind: AuthError,
    attempts: 0,
    cause: THROWN,
    message: /mine/,
  },
  'auth that rejects with no error': {
    options: { auth: () => Promise.reject('offline') },
    kind: AuthError,
    attempts: 0,
    cause: 'offline',
    message: /^getTicket: offline$/,
  },
  'a token that no header can carry': {
    options: { auth: 'secret\n' },
    kind: AuthError,
    attempts: 0,
    message: /auth gave a token with characters/,
  },
  'auth that throws when it is to renew': {
    options: { auth: ({ rejected }) => (rejected ? fail() : 'old'), fetch: answers(refused) },
    kind: AuthError,
    attempts: 1,
    cause: THROWN,
    message: /mine/,
  },
  // Hooks
  'a request hook that throws': {
    options: { hooks: { request: fail } },
    kind: HookError,
    attempts: 0,
    cause: THROWN,
    message: /mine/,
  },
  'a request hook that rejects': {
    options: { hooks: { request: rejects } },
    kind: HookError,
    attempts: 0,
    cause: THROWN,
    message: /mine/,
  },
  'a request hook that adds what no header can carry': {
    options: { hooks: { request: ({ headers }) => void (headers['x-a'] = 'a\nb') } },
    kind: RequestError,
    attempts: 0,
    message: /^getTicket: /,
  },
  'a response hook that throws': {
    options: { hooks: { response: rejects } },
    kind: HookError,
    attempts: 1,
    cause: THROWN,
    message: /mine/,
  },
  'a response hook that reads the body': {
    options: { hooks: { response: async (_, response) => void (await response.text()) } },
    kind: HookError,
    attempts: 1,
    message: /read that of response\.clone\(\)/,
  },
  // fetch and the response
  'fetch that throws': {
    options: { fetch: fail, retry: false },
    kind: ConnectionError,
    attempts: 1,
    cause: THROWN,
    message: /the connection failed/,
  },
  'fetch that rejects, three times': {
    options: { fetch: rejects },
    kind: ConnectionError,
    attempts: 3,
    cause: THROWN,
    message: /the connection failed/,
  },
  'fetch that gives no response': {
    options: { fetch: answers(() => undefined) },
    kind: CallError,
    attempts: 1,
    message: /^getTicket: /,
  },
  'a body that breaks off': {
    options: {
      fetch: answers(() => new Response(new ReadableStream({ pull: fail }), jsonHead)),
      retry: false,
    },
    kind: ConnectionError,
    attempts: 1,
    cause: THROWN,
    message: /broke off/,
  },
  'a body that is not what it says': {
    options: { fetch: answers(() => new Response('{', jsonHead)) },
    kind: UnexpectedResponseError,
    attempts: 1,
    message: /is not the application\/json it says/,
  },
  'a page that names itself as the next one': {
    options: { fetch: answers(() => Response.json({ items: [], nextCursor: 'c' })) },
    run: async (options) => {
      for await (const _ of paginate(listTickets, { cursor: 'c' }, options)) assert.fail();
    },
    kind: UnexpectedResponseError,
    attempts: 1,
    message: /names itself/,
  },
  // Time
  'a signal that is aborted': {
    call: { signal: AbortSignal.abort('why') },
    kind: AbortedError,
    attempts: 0,
    cause: 'why',
    message: /aborted/,
  },
  'a clock that throws': {
    options: { clock: { now: fail } },
    kind: RequestError,
    attempts: 0,
    cause: THROWN,
    message: /mine/,
  },
};

const jsonHead = { headers: { 'content-type': 'application/json', etag: '"v1"' } };

suite('whatever a call is rejected with is a CallError, and the error hook has seen it', () => {
  for (const [name, { options, call, run = getOne, kind, attempts, message, ...rest }] of Object.entries(
    CASES,
  )) {
    test(name, async () => {
      const told: [Attempt, CallError][] = [];
      const client = createClient({
        baseUrl: 'http://a.test',
        fetch: answers(ticket),
        clock: createManualClock(),
        ...options,
        hooks: { ...options?.hooks, error: (attempt, error) => void told.push([attempt, error]) },
      });
      const error: unknown = await run({ client, ...call }).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof kind, String(error));
      assert.ok(error.stack?.includes('test'));
      assert.equal(error.attempts, attempts);
      assert.match(error.message, message);
      if ('cause' in rest) assert.equal(error.cause, rest.cause);
      if (kind === UnexpectedResponseError && run !== getOne) return; // the call itself was a success
      assert.equal(told.at(-1)?.[1], error);
      assert.equal(told.filter(([, seen]) => seen === error).length, 1);
      assert.equal(told.at(-1)?.[0].operationId, error.operationId);
    });
  }

  test('no client at all', async () => {
    setDefaultClient(undefined);
    await assert.rejects(ping(), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^ping: No client: pass \{ client \}/);
      return true;
    });
    setDefaultClient(fail);
    await assert.rejects(ping(), { name: 'RequestError', message: 'ping: mine', cause: THROWN });
    setDefaultClient(undefined);
  });

  for (const [what, message, never] of [
    ['auth', 'auth gave no token', { auth: endless }],
    [
      'auth that is to renew',
      'auth gave no token',
      { auth: ({ rejected }) => (rejected ? endless() : 'old'), fetch: answers(refused) },
    ],
    ['fetch', 'no complete response', { fetch: endless }],
    ['a hook', 'no complete response', { hooks: { request: endless } }],
  ] satisfies [string, string, Partial<ClientOptions>][]) {
    test(`what never ends is a TimeoutError that says so: ${what}`, async () => {
      const client = createClient({
        baseUrl: 'http://a.test',
        fetch: answers(ticket),
        retry: false,
        timeoutMs: 20,
        ...never,
      });
      await assert.rejects(getOne({ client }), (error) => {
        assert.ok(error instanceof TimeoutError);
        assert.equal(error.message, `getTicket: ${message} within 20 ms`);
        return true;
      });
    });
  }
});

suite('the error hook', () => {
  for (const [name, error] of Object.entries({ throws: fail, rejects })) {
    test(`that ${name} changes nothing: the retries go on, and the error is the call's`, async () => {
      const options = { baseUrl: 'http://a.test', clock: createManualClock(), hooks: { error } };
      const good = createClient({ ...options, fetch: answers(fail, ticket) });
      assert.equal((await getTicket({ ticketId: 'a' }, { client: good })).attempts, 2);
      const bad = createClient({ ...options, fetch: rejects });
      await assert.rejects(getOne({ client: bad }), { name: 'ConnectionError', attempts: 3 });
    });
  }

  test('sees an abort while the next attempt is waited for', async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const client = createClient({
      baseUrl: 'http://a.test',
      fetch: answers(() => new Response('', { status: 503, headers: { 'retry-after': '25' } })),
      clock: createManualClock(),
      hooks: {
        response: () => void setImmediate(() => controller.abort()),
        error: (_, { name }) => void told.push(name),
      },
    });
    await assert.rejects(getOne({ client, signal: controller.signal }), {
      name: 'AbortedError',
      attempts: 1,
    });
    assert.deepEqual(told, ['AbortedError']);
  });
});

suite('a number among the settings', () => {
  const base = { baseUrl: 'http://a.test', fetch: answers(ticket), clock: createManualClock() };
  const time = { wrong: [0, -1, Number.NaN, '300'], right: [0.5, 40_000, Infinity, undefined] };
  const count = { wrong: [-1, Number.NaN, '2'], right: [0, 1, Infinity, undefined] };
  for (const [name, { wrong, right }] of Object.entries({
    timeoutMs: time,
    overallTimeoutMs: time,
    maxResponseBytes: { ...time, right: [40, Infinity, undefined] },
    retries: count,
    baseDelayMs: count,
    maxDelayMs: count,
    maxRetryAfterMs: count,
  })) {
    const settings = (value: unknown): object =>
      wrong === count.wrong ? { retry: { [name]: value } } : { [name]: value };
    test(`${name} is not ${wrong.map(String).join(', ')}, of a client and of a call`, async () => {
      for (const value of wrong) {
        const message = new RegExp(`^(getTicket: )?${name} must be a number `);
        assert.throws(() => createClient({ ...base, ...settings(value) }), { name: 'TypeError', message });
        const called = getOne({ client: createClient(base), ...settings(value) });
        await assert.rejects(called, { name: 'RequestError', attempts: 0, message });
      }
      for (const value of right) {
        await getOne({ client: createClient({ ...base, ...settings(value) }) });
        await getOne({ client: createClient(base), ...settings(value) });
      }
    });
  }
});
