/** The class against the running API. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import { ApiError, Chompardo, ConnectionError, ifMatch } from '../../src/client/index.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());

function as(subject: string): Chompardo {
  return new Chompardo({ baseUrl: api.origin, token: api.identity.token({ claims: { sub: subject } }) });
}

suite('new Chompardo({ baseUrl, token })', () => {
  test('resolves to the body, and has the rest at hand', async () => {
    const { recipe } = as('class-ann');
    const { id: recipeId } = await recipe.createRecipe({ body: SOUP });
    assert.equal((await recipe.getRecipe({ recipeId })).title, SOUP.title);
    const read = await recipe.getRecipe({ recipeId }).result();
    assert.ok(read.status === 200);
    const changed = await recipe.updateRecipe({ recipeId, body: { title: 'Red' }, ...ifMatch(read) });
    assert.equal(changed.title, 'Red');
    assert.equal(await recipe.deleteRecipe({ recipeId }), undefined);
  });

  test('throws what is no success, and result() does not', async () => {
    const { recipe } = as('class-ann');
    const recipeId = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
    const call = recipe.getRecipe({ recipeId });
    await assert.rejects(call, (error) => error instanceof ApiError && error.status === 404);
    assert.equal((await call.result()).status, 404);
    assert.equal(await call.catch(() => 'caught'), 'caught');
    let ended = 0;
    await assert.rejects(
      call.finally(() => {
        ended += 1;
      }),
    );
    assert.equal(ended, 1);
    const nowhere = new Chompardo({ baseUrl: 'http://127.0.0.1:1', retry: false });
    await assert.rejects(
      async () => nowhere.recipe.listRecipes(),
      (error) => error instanceof ConnectionError,
    );
  });

  test('walks a list, asking for its first page once', async () => {
    let calls = 0;
    const { recipe } = new Chompardo({
      baseUrl: api.origin,
      token: api.identity.token({ claims: { sub: 'class-list' } }),
      fetch: (...request) => {
        calls += 1;
        return fetch(...request);
      },
    });
    const titles = Array.from({ length: 3 }, (_, index) => `List ${index}`);
    for (const title of titles) await recipe.createRecipe({ body: { ...SOUP, title } });
    calls = 0;
    const list = recipe.listRecipes({ author: 'class-list', limit: 2, sort: 'title' });
    assert.equal((await list).items.length, 2);
    const seen: string[] = [];
    for await (const { title } of list) seen.push(title);
    assert.deepEqual([seen, calls], [titles, 2]);
    const sizes: number[] = [];
    for await (const { items } of list.pages()) sizes.push(items.length);
    assert.deepEqual(sizes, [2, 1]);
  });

  test('keeps the token to itself, and two objects apart', async () => {
    const [ann, bob] = [as('class-ann'), as('class-bob')];
    const { id: recipeId } = await ann.recipe.createRecipe({ body: SOUP });
    assert.equal((await bob.recipe.getRecipe({ recipeId }).result()).status, 404);
    assert.equal((await ann.recipe.getRecipe({ recipeId }).result()).status, 200);
    assert.doesNotMatch(JSON.stringify(ann), /eyJ/);
  });
});
