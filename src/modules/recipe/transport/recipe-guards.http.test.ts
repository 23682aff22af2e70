import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { startRecipeApp } from '../testing/recipe-app.ts';

const MINIMAL = { title: 'Soup', servings: 2, ingredients: [{ name: 'water' }], steps: ['Boil.'] };

suite('the guards of the recipe API', async () => {
  const app = await startRecipeApp();
  after(() => app[Symbol.asyncDispose]());

  // @requirement 60
  test('twenty identical requests with one key create one recipe, and all answers are of it', async () => {
    const ada = app.person('ada');
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const create = (): Promise<Response> => ada('POST', '/recipes', { json: MINIMAL, headers });
    const answers = await Promise.all(Array.from({ length: 20 }, create));
    for (const { status } of answers) assert.ok([201, 409].includes(status), `${status}`);
    const again = await create();
    const locations = new Set(
      [...answers, again].filter(({ status }) => status === 201).map((each) => each.headers.get('location')),
    );
    assert.equal(locations.size, 1);
    const list: unknown = await (await ada('GET', '/recipes?author=ada')).json();
    assert.equal(Array.from(Object(list).items).length, 1);
    const other = await ada('POST', '/recipes', { json: { ...MINIMAL, title: 'Stew' }, headers });
    assert.equal(other.status, 422);
  });

  // @requirement 77
  test('what is searched for is text: no wildcard, no quote and no order of the client reaches the SQL', async () => {
    const cleo = app.person('cleo');
    const tags = ['a%b', 'a_b', 'axb'];
    assert.equal((await cleo('POST', '/recipes', { json: { ...MINIMAL, tags } })).status, 201);
    const tagsWith = async (prefix: string): Promise<readonly string[]> => {
      const list: unknown = await (
        await cleo('GET', `/recipe-tags?prefix=${encodeURIComponent(prefix)}`)
      ).json();
      return Array.from<{ tag: string }>(Object(list).items).map(({ tag }) => tag);
    };
    assert.deepEqual(await tagsWith('a%'), ['a%b']);
    assert.deepEqual(await tagsWith('a_'), ['a_b']);
    for (const prefix of ['%', '_', "'", '\\', "a%b' OR 'x'='x"])
      assert.deepEqual(await tagsWith(prefix), []);
    for (const sort of ['title; DROP TABLE recipe.recipes', 'title,id', 'author']) {
      assert.equal((await cleo('GET', `/recipes?sort=${encodeURIComponent(sort)}`)).status, 400);
    }
  });

  test('a refused recipe leaves its key free', async () => {
    const bea = app.person('bea');
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const blank = await bea('POST', '/recipes', { json: { ...MINIMAL, title: ' ' }, headers });
    assert.equal(blank.status, 422);
    assert.equal((await bea('POST', '/recipes', { json: MINIMAL, headers })).status, 201);
  });
});

test('a caller that asks too often is told how long to wait, in an answer that keeps the contract', async () => {
  const quota = { requests: 2, windowSeconds: 3600 };
  await using app = await startRecipeApp(undefined, { rateLimit: { quota, store: 'memory' } });
  const cleo = app.person('cleo');
  const answers = [
    await cleo('GET', '/recipes'),
    await cleo('GET', '/recipes'),
    await cleo('GET', '/recipes'),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 429],
  );
  assert.match(answers[2]?.headers.get('retry-after') ?? '', /^[0-9]+$/);
});
