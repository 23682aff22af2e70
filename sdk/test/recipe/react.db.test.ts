/** The factories for TanStack Query, in its core, against the running API. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { InfiniteQueryObserver, MutationObserver, QueryClient } from '@tanstack/react-query';

import { ApiError, createRecipe, ifMatch, isErrorOf, replaceRecipe, unwrap } from '../../src/index.ts';
import {
  createRecipeMutation,
  deleteRecipeMutation,
  getRecipeQuery,
  listRecipesInfiniteQuery,
  listRecipesQuery,
  replaceRecipeMutation,
  updateRecipeMutation,
} from '../../src/react/index.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());

/** A cache of somebody, thrown away at the end. */
function createCache(): QueryClient & Disposable {
  const cache = new QueryClient();
  return Object.assign(cache, { [Symbol.dispose]: () => cache.clear() });
}

suite('factories for TanStack Query', () => {
  test('read, keep, change with the ETag that was read, and notice who was first', async () => {
    using cache = createCache();
    const ann = api.as('react-ann');
    const create = new MutationObserver(cache, createRecipeMutation(ann));
    const created = await create.mutate({ body: SOUP });
    const recipeId = created.data.id;
    assert.equal(created.headers.location, `/recipes/${recipeId}`);

    const query = getRecipeQuery({ recipeId }, ann);
    const read = await cache.fetchQuery(query);
    assert.equal(read.data.title, SOUP.title);
    assert.equal(cache.getQueryData(query.queryKey)?.headers.etag, read.headers.etag);

    const update = new MutationObserver(cache, updateRecipeMutation(ann));
    const changed = await update.mutate({ recipeId, body: { title: 'Red soup' }, ...ifMatch(read) });
    cache.setQueryData(query.queryKey, changed);
    assert.equal(cache.getQueryData(query.queryKey)?.data.title, 'Red soup');

    const replace = new MutationObserver(cache, replaceRecipeMutation(ann));
    await assert.rejects(replace.mutate({ recipeId, body: SOUP, ...ifMatch(read) }), (error) => {
      assert.ok(isErrorOf(replaceRecipe, error) && error.status === 412);
      return error.body.requestId === error.requestId;
    });
    assert.equal(replace.getCurrentResult().status, 'error');

    const remove = new MutationObserver(cache, deleteRecipeMutation(ann));
    assert.equal((await remove.mutate({ recipeId })).data, undefined);
    await assert.rejects(cache.fetchQuery({ ...query, staleTime: 0 }), { status: 404 });
  });

  test('grow a list by its pages, to the last one', async () => {
    using cache = createCache();
    const ann = api.as('react-pages');
    const titles = Array.from({ length: 5 }, (_, index) => `Page ${index}`);
    for (const title of titles) await unwrap(createRecipe({ body: { ...SOUP, title } }, ann));
    const options = listRecipesInfiniteQuery({ author: 'react-pages', limit: 2, sort: 'title' }, ann);
    const observer = new InfiniteQueryObserver(cache, options);
    const unsubscribe = observer.subscribe(() => undefined);
    await observer.refetch();
    let grown = await observer.fetchNextPage();
    while (grown.hasNextPage) grown = await observer.fetchNextPage();
    unsubscribe();
    const { data } = grown;
    assert.deepEqual(
      data?.pages.map(({ items }) => items.map(({ title }) => title)),
      [['Page 0', 'Page 1'], ['Page 2', 'Page 3'], ['Page 4']],
    );
  });

  test('keep answers under keys that are marked stale together', async () => {
    using cache = createCache();
    const ann = api.as('react-keys');
    await cache.fetchQuery(listRecipesQuery({ limit: 1 }, ann));
    await cache.fetchInfiniteQuery(listRecipesInfiniteQuery({ limit: 1 }, ann));
    const stale = (): number =>
      cache
        .getQueryCache()
        .getAll()
        .filter(({ state }) => state.isInvalidated).length;
    await cache.invalidateQueries({ queryKey: listRecipesInfiniteQuery.key });
    assert.equal(stale(), 1);
    await cache.invalidateQueries({ queryKey: listRecipesQuery.key });
    assert.equal(stale(), 2);
    assert.deepEqual(listRecipesQuery({ limit: 1 }).queryKey, ['recipe', 'listRecipes', { limit: 1 }]);
    assert.equal(cache.getQueryCache().findAll({ queryKey: ['recipe'] }).length, 2);
  });

  test('end the request with the query', async () => {
    using cache = createCache();
    let given: AbortSignal | null | undefined;
    const hanging = api.as('react-hang', {
      fetch: (_url, init) => {
        given = init?.signal;
        return new Promise((_resolve, reject) => {
          given?.addEventListener('abort', () => reject(new Error('aborted')));
        });
      },
    });
    const query = listRecipesQuery({}, hanging);
    const waiting = assert.rejects(cache.fetchQuery(query));
    await new Promise(setImmediate);
    assert.equal(given?.aborted, false);
    await cache.cancelQueries({ queryKey: query.queryKey });
    await waiting;
    assert.equal(given?.aborted, true);
  });

  test('send once what fails for good, and say why', async () => {
    using cache = createCache();
    let calls = 0;
    const counting = api.as('react-count', {
      fetch: (...request) => {
        calls += 1;
        return fetch(...request);
      },
    });
    const query = getRecipeQuery({ recipeId: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21' }, counting);
    await assert.rejects(
      cache.fetchQuery(query),
      (error) => error instanceof ApiError && error.status === 404 && error.problem !== undefined,
    );
    assert.equal(calls, 1);
  });
});
