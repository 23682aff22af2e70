import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { Operation, OperationTable } from '#kernel/contract/operation.ts';
import { accessOf } from '#kernel/contract/security/authorize.ts';
import { guardsOperations } from './contracts/guards/generated/guards/operations.ts';
import { kitchenOperations } from './contracts/kitchen-sink/generated/kitchen/operations.ts';
import { startTestApp, type TestApp } from './kit/app.ts';
import { noDatabase } from './kit/own-modules.ts';
import { ticketOperations } from './contracts/crud/generated/ticket/operations.ts';
import { startCrud } from './contracts/crud/start-crud.ts';
import { startGuards } from './contracts/guards/start-guards.ts';
import { call, sendRaw } from './kit/call.ts';
import { createFakeAuthenticators } from './kit/fake-authenticators.ts';
import { startKitchenSink } from './contracts/kitchen-sink/start-kitchen-sink.ts';

/** What this API asks of its database here, where there is none. */
let databaseCalls = 0;
const own = await startTestApp({
  authenticators: createFakeAuthenticators(),
  database: noDatabase(() => (databaseCalls += 1)),
});
const kitchen = await startKitchenSink();
const crud = await startCrud();
const guards = await startGuards();
const apps: readonly (readonly [api: TestApp, operations: OperationTable])[] = [
  ...own.modules.map(({ binding }) => [own, binding.operations] as const),
  [kitchen, kitchenOperations],
  [guards, guardsOperations],
  [crud, ticketOperations],
];
after(() => Promise.all([own, kitchen, guards, crud].map((api) => api[Symbol.asyncDispose]())));

/** A caller with every scope that the contracts know. */
const TOKEN = 'ann+kitchen:write+items:read+items:all';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface Case {
  readonly api: TestApp;
  readonly operation: Operation;
  readonly method: string;
  /** A path that leads to the operation, whatever its parameters are worth. */
  readonly path: string;
}

const everyOperation: readonly Case[] = apps.flatMap(([api, operations]) =>
  Object.values(operations).map((operation) => ({
    api,
    operation,
    method: operation.method.toUpperCase(),
    path: operation.path.replaceAll(/\{[^}]+\}/g, '1'),
  })),
);
const protectedOperations = everyOperation.filter(({ operation }) => accessOf(operation) === 'required');

/** Every path of the contracts, with the methods that they have there. */
const everyPath = [...Map.groupBy(everyOperation, ({ api, path }) => `${api.origin}${path}`).values()].map(
  (cases) => {
    const methods = cases.map(({ method }) => method);
    const allowed = new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])]);
    const { api, path } = cases[0]!;
    return { api, path, methods, allow: [...allowed].toSorted((one, other) => (one < other ? -1 : 1)) };
  },
);

/** Spellings of a path that some server or proxy takes for it. */
function disguises(path: string): readonly string[] {
  const last = path.charCodeAt(path.length - 1).toString(16);
  return [
    `http://x${path}`,
    `HTTPS://user@x:1${path}`,
    `${path}#a`,
    `${path}?#a`,
    `http://x#${path}`,
    path.toUpperCase(),
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/%2e${path}`,
    `/x/%2e%2e${path}`,
    `${path}%2f`,
    `${path.slice(0, -1)}%${last}`,
    `${path};x`,
    `${path}.json`,
    `${path}%00`,
    path.replaceAll('/', '\\'),
    `${path}%20`,
    `${path}?_method=GET`,
  ];
}

async function assertRefused(api: TestApp, [start = '', ...lines]: readonly string[]): Promise<void> {
  const head = [`${start} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', ''];
  assert.match(await sendRaw(api, head), /^HTTP\/1\.1 4\d\d /, `${start} ${lines.join()}`);
}

suite('every operation', () => {
  // @requirement 1, 20
  test('that is protected asks for credentials, refuses bad ones, and asks no database for that', async () => {
    assert.ok(protectedOperations.length > 30);
    for (const { api, method, path } of protectedOperations) {
      const none = await api.fetch(path, { method });
      assert.deepEqual([none.status, none.headers.get('www-authenticate')], [401, 'Bearer'], path);
      const bad = await call(api, path, { method, token: 'bad' });
      assert.equal(bad.status, 401, path);
      assert.equal(JSON.parse(bad.text).status, 401);
      assert.equal(bad.headers.get('content-type'), 'application/problem+json');
    }
    assert.equal(databaseCalls, 0);
  });

  // @requirement 36
  test('that is protected is reached by no disguise of its path or method without credentials', async () => {
    for (const { api, method, path } of protectedOperations) {
      const requests = [
        ...disguises(path).map((target) => [`${method} ${target}`]),
        ...['HEAD', 'TRACE', 'PROPFIND', 'CONNECT'].map((other) => [`${other} ${path}`]),
        ...['X-HTTP-Method', 'X-HTTP-Method-Override', 'X-Method-Override'].flatMap((name) => [
          [`POST ${path}`, `${name}: ${method}`],
          [`GET ${path}`, `${name}: ${method}`],
        ]),
        ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri'].flatMap((name) => [
          [`${method} ${path}`, `${name}: /livez`],
          [`${method} /nowhere`, `${name}: ${path}`],
        ]),
        [`${method} ${path}`, 'Authorization: Basic bearer'],
      ];
      await Promise.all(requests.map((lines) => assertRefused(api, lines)));
    }
    assert.equal(databaseCalls, 0);
  });

  // @requirement 40
  test('that reads can be asked for its head, which is that of the whole answer', async () => {
    const reads = everyOperation.filter(({ method, api }) => method === 'GET' && api !== own);
    assert.ok(reads.length > 10);
    for (const { api, path } of reads) {
      const get = await call(api, path, { token: TOKEN });
      const head = await call(api, path, { token: TOKEN, method: 'HEAD' });
      assert.equal(head.text, '');
      assert.deepEqual([head.status, comparable(head.headers)], [get.status, comparable(get.headers)], path);
    }
  });

  // @requirement 41, 42
  test('shares its path with those that the contract has there, and no other method', async () => {
    for (const { api, path, methods, allow } of everyPath) {
      const options = await api.fetch(path, { method: 'OPTIONS' });
      assert.deepEqual([options.status, options.headers.get('allow')], [204, allow.join(', ')], path);
      for (const method of METHODS.filter((name) => !methods.includes(name))) {
        const answer = await call(api, path, { method, token: TOKEN });
        assert.deepEqual(
          [answer.status, answer.headers.get('allow')],
          [405, allow.join(', ')],
          `${method} ${path}`,
        );
        assert.equal(JSON.parse(answer.text).type, '/problems/method-not-allowed');
      }
    }
    assert.equal(databaseCalls, 0);
  });
});

/** Headers that two answers to one question share. */
function comparable(headers: Headers): Readonly<Record<string, string>> {
  const ofThisAnswer = new Set([
    'date',
    'x-request-id',
    'ratelimit',
    'connection',
    'keep-alive',
    'transfer-encoding',
  ]);
  return Object.fromEntries([...headers].filter(([name]) => !ofThisAnswer.has(name)));
}
