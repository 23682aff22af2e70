import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { InsufficientScopeError, InvalidTokenError } from '#kernel/auth/errors.ts';
import { DatabaseUnavailableError } from '#kernel/database/database-errors.ts';
import { IdempotencyKeyReusedError, IdempotentRequestRunningError } from '#kernel/idempotency/errors.ts';
import { SERVER_RUNTIME } from '../../../scripts/generator/contract/server-runtime.ts';
import type { TestRequest } from '../../kit/app.ts';
import { call } from '../../kit/call.ts';
import { startGuards } from './start-guards.ts';

/** A request that the server answers with a status by itself. */
interface Provocation {
  readonly path: string;
  readonly init?: TestRequest;
  /** What the kernel throws on the way: the errors of real credentials, of keys and of the database. */
  readonly thrown?: Error;
  /** How often it is sent; the last answer counts. */
  readonly times?: number;
}

const ITEM = '/items/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const TEXT = { 'content-type': 'text/plain' };

const PROVOCATIONS: Readonly<Record<number, Provocation>> = {
  400: { path: '/old?colour=red' },
  401: { path: '/old', thrown: new InvalidTokenError('expiry') },
  403: {
    path: '/scoped',
    init: { token: 'ann+items:read+items:all' },
    thrown: new InsufficientScopeError(['a']),
  },
  406: { path: '/old', init: { headers: { accept: 'image/png' } } },
  409: { path: ITEM, init: { method: 'PUT' }, thrown: new IdempotentRequestRunningError() },
  413: { path: '/items', init: { method: 'POST', json: { name: 'x'.repeat(2_000_000) } } },
  415: { path: '/items', init: { method: 'POST', headers: TEXT, body: 'spoon' } },
  422: { path: ITEM, init: { method: 'PUT' }, thrown: new IdempotencyKeyReusedError() },
  428: { path: ITEM, init: { method: 'PUT', json: { name: 'spoon' } } },
  429: { path: '/costly', times: 3 },
  500: { path: '/old', thrown: new Error('a defect') },
  503: { path: '/old', thrown: new DatabaseUnavailableError(undefined) },
};

async function provoke({ path, init, thrown, times = 1 }: Provocation): ReturnType<typeof call> {
  const fail = (): Promise<never> => Promise.reject(thrown ?? new Error('nothing was thrown'));
  const handlers = thrown === undefined ? {} : { getOld: fail, getScoped: fail, replaceItem: fail };
  // Not every one of them is declared by the operation that is at hand.
  await using api = await startGuards({ handlers, responseChecks: 'off' });
  const request =
    thrown !== undefined && init?.method === 'PUT'
      ? { ...init, json: { name: 'spoon' }, headers: { 'if-match': '"1"' } }
      : init;
  let answer = await call(api, path, request);
  for (let count = 1; count < times; count += 1) answer = await call(api, path, request);
  return answer;
}

/** Numbers of a limit and names of media types differ from operation to operation. */
function comparable(detail: string): string {
  return detail.replaceAll(/\d+/g, 'N').replaceAll(/[\w-]+\/[\w.+-]+/g, 'TYPE');
}

suite('what the compiler says of the runtime is what the server sends', () => {
  for (const { status, headers, problem } of SERVER_RUNTIME.responses) {
    test(`${status} ${problem.type}`, async () => {
      const provocation = PROVOCATIONS[status];
      assert.ok(provocation, 'this status needs a request that provokes it');
      const answer = await provoke(provocation);
      const sent = JSON.parse(answer.text);
      const { detail, errors, type, title } = problem;
      assert.deepEqual([sent.type, sent.title, sent.status], [type, title, status]);
      assert.equal(comparable(sent.detail), comparable(detail));
      assert.deepEqual(sent.errors, errors);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      for (const header of headers) {
        assert.ok(answer.headers.has(header), `the answer has no ${header}`);
      }
    });
  }
});
