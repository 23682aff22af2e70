/** The SDK against the running API: its own server, database, and Identity service. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import {
  ApiError,
  createRecipe,
  deleteRecipe,
  getRecipe,
  getScaledRecipe,
  ifMatch,
  ifNoneMatch,
  isErrorOf,
  listRecipes,
  listRecipeTags,
  paginate,
  replaceRecipe,
  unwrap,
  updateRecipe,
} from '../../src/index.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());
const { identity, as } = api;

suite('the SDK on the running API', () => {
  test('creates, reads, changes and deletes a recipe, and notices who was first', async () => {
    const ann = as('ann');
    const created = await createRecipe({ body: SOUP }, ann);
    assert.equal(created.status, 201, JSON.stringify(created.data));
    const recipeId = created.data.id;
    assert.equal(created.headers.location, `/recipes/${recipeId}`);

    const read = await getRecipe({ recipeId }, ann);
    assert.equal(read.status, 200);
    assert.equal(read.data.ingredients[0]?.quantity, '1.50');
    assert.equal(read.headers.etag, created.headers.etag);

    const changed = await updateRecipe({ recipeId, body: { title: 'Red soup' }, ...ifMatch(read) }, ann);
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.etag, read.headers.etag);

    const late = await replaceRecipe({ recipeId, body: SOUP, ...ifMatch(read) }, ann);
    assert.equal(late.status, 412);
    assert.equal(late.data.requestId, late.response.headers.get('x-request-id'));
    assert.equal((await replaceRecipe({ recipeId, body: SOUP }, ann)).status, 428);

    const deleted = await deleteRecipe({ recipeId, ...ifMatch(changed) }, ann);
    assert.deepEqual([deleted.status, deleted.data], [204, undefined]);
    assert.equal((await getRecipe({ recipeId }, ann)).status, 404);
  });

  test('is told 304 when nothing has changed', async () => {
    const ann = as('ann');
    const created = await createRecipe({ body: SOUP }, ann);
    assert.equal(created.status, 201);
    const again = await getRecipe({ recipeId: created.data.id, ...ifNoneMatch(created) }, ann);
    assert.deepEqual([again.status, again.data], [304, undefined]);
  });

  test('scales, and counts tags', async () => {
    const cook = as('cook');
    const { id: recipeId } = await unwrap(createRecipe({ body: SOUP }, cook));
    const scaled = await unwrap(getScaledRecipe({ recipeId, servings: 8 }, cook));
    assert.equal(scaled.ingredients[0]?.quantity, '3');
    const tags = await unwrap(listRecipeTags({}, cook));
    assert.ok(tags.items.some(({ tag }) => tag === 'soup'));
  });

  test('walks all pages, each recipe once, and goes on from a cursor', async () => {
    const walker = as('walker');
    const titles = Array.from({ length: 7 }, (_, index) => `Walk ${index}`);
    for (const title of titles) await unwrap(createRecipe({ body: { ...SOUP, title } }, walker));
    const params = { author: 'walker', limit: 3, sort: 'title' } as const;
    const seen: string[] = [];
    for await (const { title } of paginate(listRecipes, params, walker)) seen.push(title);
    assert.deepEqual(seen, titles);

    const pages = paginate(listRecipes, params, walker).pages();
    let cursor: string | undefined;
    for await (const page of pages) {
      cursor = page.nextCursor;
      break;
    }
    const rest: string[] = [];
    for await (const { title } of paginate(listRecipes, { ...params, cursor }, walker)) rest.push(title);
    assert.deepEqual(rest, titles.slice(3));
  });

  test('reports where a body is wrong, and unwrap throws it', async () => {
    const ann = as('ann');
    const error: unknown = await unwrap(createRecipe({ body: { ...SOUP, title: '' } }, ann)).catch(
      (reason: unknown) => reason,
    );
    assert.ok(isErrorOf(createRecipe, error) && error instanceof ApiError);
    assert.equal(error.status, 400);
    assert.equal(error.problem?.errors?.[0]?.pointer, '/title');
    assert.ok(error.requestId);
  });

  test('renews an expired token once and goes on', async () => {
    const now = Math.floor(Date.now() / 1000);
    const expired = identity.token({ claims: { sub: 'ann', iat: now - 7200, exp: now - 3600 } });
    const rejected: (string | undefined)[] = [];
    const options = as('ann', {
      auth: (request) => {
        rejected.push(request.rejected);
        return request.rejected ? identity.token({ claims: { sub: 'ann' } }) : expired;
      },
    });
    const result = await listRecipes({ limit: 1 }, options);
    assert.deepEqual([result.status, result.attempts, rejected], [200, 2, [undefined, expired]]);
  });

  test('is asked for a token', async () => {
    const result = await listRecipes({}, as('nobody', { auth: undefined }));
    assert.equal(result.status, 401);
    assert.match(result.headers['www-authenticate'], /^Bearer/);
  });
});
