import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { Problem } from '#generated/common/schemas.ts';
import contract from '#generated/store-room/contract.json' with { type: 'json' };
import type { StoredThing, StoredThingPage } from '#generated/store-room/schemas.ts';
import { startTestApp, type TestRequest } from '#tests/kit/app.ts';
import { call, type Answer } from '#tests/kit/call.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import { createFakeAuthenticators } from '#tests/kit/fake-authenticators.ts';
import { sealCursor } from '#kernel/contract/cursor.ts';

const ABSENT = '/stored-things/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

suite('the API of stored things', async () => {
  const db = await createTestDatabase();
  after(() => db[Symbol.asyncDispose]());
  const api = await startTestApp({ database: db.database, authenticators: createFakeAuthenticators() });
  after(() => api[Symbol.asyncDispose]());
  let people = 0;

  /** Calls the API with one person's token. */
  type Person = (method: string, path: string, init?: TestRequest) => Promise<Answer>;

  function somebody(): Person {
    people += 1;
    const token = `person-${people}`;
    return (method, path, init = {}) => call(api, path, { token, ...init, method });
  }

  async function create(person: Person, json: object = { name: 'The first one' }): Promise<StoredThing> {
    return thingIn(await person('POST', '/stored-things', { json }), 201);
  }

  test('one is created, read, listed, replaced, patched and deleted', async () => {
    const ada = somebody();
    const created = await ada('POST', '/stored-things', { json: { name: 'One', note: 'A note.' } });
    const stored = thingIn(created, 201);
    const path = `/stored-things/${stored.id}`;
    assert.deepEqual([created.headers.get('location'), created.headers.get('etag')], [path, '"v1"']);
    assert.match(stored.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { id, createdAt, updatedAt, ...rest } = stored;
    assert.deepEqual(rest, { name: 'One', note: 'A note.', owner: `person-${people}`, version: 1 });
    assert.equal(updatedAt, createdAt);

    const got = await ada('GET', path);
    assert.deepEqual([thingIn(got, 200), got.headers.get('etag')], [stored, '"v1"']);
    assert.deepEqual(pageIn(await ada('GET', '/stored-things')), { items: [stored] });
    const known = await ada('GET', path, { headers: { 'if-none-match': '"v1"' } });
    assert.deepEqual([known.status, known.text], [304, '']);

    const replaced = await ada('PUT', path, { json: { name: 'Two' }, headers: { 'if-match': '"v1"' } });
    assert.equal(replaced.headers.get('etag'), '"v2"');
    assert.partialDeepStrictEqual(thingIn(replaced, 200), { id, createdAt, name: 'Two', note: '' });
    const patched = await ada('PATCH', path, {
      json: { note: 'Another note.' },
      headers: { ...MERGE_PATCH, 'if-match': '"v2"' },
    });
    const merged = thingIn(patched, 200);
    assert.deepEqual([merged.name, merged.note, merged.version], ['Two', 'Another note.', 3]);
    assert.deepEqual(thingIn(await ada('GET', path), 200), merged);

    const deleted = await ada('DELETE', path);
    assert.deepEqual([deleted.status, deleted.text], [204, '']);
    refused(await ada('GET', path), 404, 'stored-thing-not-found');
    refused(await ada('DELETE', path), 404, 'stored-thing-not-found');
    assert.deepEqual(pageIn(await ada('GET', '/stored-things')), { items: [] });
  });

  test("the contract's own examples are true", async () => {
    const ada = somebody();
    const [content] = contract.components.schemas.StoredThingContent.examples;
    const [patch] = contract.components.schemas.StoredThingPatch.examples;
    const created = await create(ada, content);
    assert.partialDeepStrictEqual(created, content);
    const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
    const patched = await ada('PATCH', `/stored-things/${created.id}`, { json: patch, headers });
    assert.partialDeepStrictEqual(thingIn(patched, 200), { ...patch, note: '' });
  });

  test('a name that cannot be seen is refused, and stores nothing', async () => {
    const ada = somebody();
    const { errors } = refused(
      await ada('POST', '/stored-things', { json: { name: ' ' } }),
      422,
      'invalid-stored-thing',
    );
    assert.deepEqual(errors, [
      { code: 'blank', pointer: '/name', detail: 'must hold more than white space' },
    ]);
    assert.deepEqual(pageIn(await ada('GET', '/stored-things')), { items: [] });
  });

  const conditions: readonly [method: string, ifMatch: string | undefined, status: number, code: string][] = [
    ['PUT', undefined, 428, 'if-match-required'],
    ['PATCH', undefined, 428, 'if-match-required'],
    ['PUT', '"v2"', 412, 'stored-thing-version-mismatch'],
    ['PATCH', 'W/"v1"', 412, 'stored-thing-version-mismatch'],
    ['DELETE', '"v2"', 412, 'stored-thing-version-mismatch'],
    ['PUT', 'v1', 400, 'invalid-if-match'],
  ];
  for (const [method, ifMatch, status, code] of conditions) {
    test(`${method} with If-Match ${ifMatch ?? 'left out'} is ${status} and changes nothing`, async () => {
      const ada = somebody();
      const stored = await create(ada);
      const headers = {
        ...(method === 'PATCH' ? MERGE_PATCH : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      };
      const body = method === 'DELETE' ? {} : { json: { name: 'Changed' } };
      const path = `/stored-things/${stored.id}`;
      refused(await ada(method, path, { ...body, headers }), status, code);
      assert.deepEqual(thingIn(await ada('GET', path), 200), stored);
    });
  }

  test("another person's is not there, whatever is asked of it", async () => {
    const [ada, bob] = [somebody(), somebody()];
    const stored = await create(ada);
    const path = `/stored-things/${stored.id}`;
    const headers = { 'if-match': '*' };
    const answers = [
      await bob('GET', path),
      await bob('PUT', path, { json: { name: 'Mine' }, headers }),
      await bob('PATCH', path, { json: {}, headers: { ...headers, ...MERGE_PATCH } }),
      await bob('DELETE', path),
      await bob('DELETE', path, { headers: { 'if-match': '"v99"' } }),
      await bob('GET', ABSENT),
    ];
    for (const answer of answers) refused(answer, 404, 'stored-thing-not-found');
    assert.deepEqual(pageIn(await bob('GET', '/stored-things')), { items: [] });
    assert.deepEqual(thingIn(await ada('GET', path), 200), stored);
  });

  test('pages follow one another, the newest first, for their own reader only', async () => {
    const [ada, bob] = [somebody(), somebody()];
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) await create(ada, { name });
    const seen: string[] = [];
    const cursors: string[] = [];
    let query = '?limit=2';
    for (let isLast = false; !isLast;) {
      const page = pageIn(await ada('GET', `/stored-things${query}`));
      seen.push(...page.items.map(({ name }) => name));
      isLast = page.nextCursor === undefined;
      if (page.nextCursor !== undefined) cursors.push(page.nextCursor);
      query = `?limit=2&cursor=${page.nextCursor ?? ''}`;
    }
    assert.deepEqual(seen.toSorted(), names);
    const [cursor = ''] = cursors;
    const forged = sealCursor("' OR 1=1", ['stored-things', `person-${people - 1}`]);
    for (const answer of [
      await bob('GET', `/stored-things?cursor=${cursor}`),
      await ada('GET', `/stored-things?cursor=${cursor.slice(1)}`),
      await ada('GET', `/stored-things?cursor=${forged}`),
    ]) {
      refused(answer, 400, 'invalid-cursor');
    }
  });
});

/** The stored thing of an answer that must have this status. */
function thingIn(answer: Answer, status: number): StoredThing {
  const stored: StoredThing = JSON.parse(textOf(answer, status));
  return stored;
}

/** The page of an answer that must be one. */
function pageIn(answer: Answer): StoredThingPage {
  const page: StoredThingPage = JSON.parse(textOf(answer, 200));
  return page;
}

/** The problem of an answer that must have this status, and this code as the end of its type. */
function refused(answer: Answer, status: number, code: string): Problem {
  const problem: Problem = JSON.parse(textOf(answer, status));
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(problem.type, `/problems/${code}`);
  return problem;
}

function textOf({ status, text }: Answer, expected: number): string {
  assert.equal(status, expected, text);
  return text;
}
