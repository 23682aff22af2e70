/** Call sites that were written for openapi-typescript-codegen, against the running API. */
import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';

import { createClient, setDefaultClient } from '../../src/index.ts';
import {
  ApiError,
  CancelError,
  CancelablePromise,
  OpenAPI,
  RecipesService,
} from '../../src/services/index.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());

const UNKNOWN = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const body = {
  ...SOUP,
  ingredients: SOUP.ingredients.map((each) => ({ ...each })),
  steps: [...SOUP.steps],
  tags: ['soup'],
};

beforeEach(() => {
  OpenAPI.BASE = api.origin;
  OpenAPI.TOKEN = api.identity.token({ claims: { sub: 'services' } });
  OpenAPI.HEADERS = undefined;
  OpenAPI.USERNAME = undefined;
  OpenAPI.ENCODE_PATH = undefined;
});

suite('RecipesService', () => {
  test('reads what it has created, by arguments in their order', async () => {
    const created = await RecipesService.createRecipe(body);
    const read = await RecipesService.getRecipe(created.id);
    assert.equal(read.title satisfies string, SOUP.title);
    const list = await RecipesService.listRecipes(1, undefined, 'tomato', ['soup'], 'services');
    assert.equal(list.items[0]?.id, created.id);
    assert.ok(list.items.length === 1);
  });

  test('throws an ApiError with the problem that the contract declares', async () => {
    await assert.rejects(RecipesService.getRecipe(UNKNOWN), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.status, error.body.title], [404, 'Not found']);
      assert.equal(error.url, `${api.origin}/recipes/${UNKNOWN}`);
      assert.equal(error.request.url, '/recipes/{recipeId}');
      return error.message.length > 3;
    });
  });

  test('changes the version that was read, and no later one', async () => {
    const { id } = await RecipesService.createRecipe(body);
    const changed = await RecipesService.updateRecipe(id, { title: 'Red soup' }, '"v1"');
    assert.equal(changed.title, 'Red soup');
    await assert.rejects(RecipesService.updateRecipe(id, { title: 'Green soup' }, '"v1"'), { status: 412 });
    assert.equal(await RecipesService.deleteRecipe(id, '"v2"'), undefined);
  });

  test('tries again after a 503, also what creates: its key makes that safe', async (context) => {
    const real = globalThis.fetch;
    const keys: (string | null)[] = [];
    context.mock.method(globalThis, 'fetch', (input: RequestInfo, init?: RequestInit) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      return keys.length === 1 ? Promise.resolve(new Response(null, { status: 503 })) : real(input, init);
    });
    assert.equal((await RecipesService.createRecipe(body)).title, SOUP.title);
    assert.ok(keys[0]);
    assert.deepEqual(keys, [keys[0], keys[0]]);
  });

  test('asks for one new token for ten calls', async () => {
    const { id } = await RecipesService.createRecipe(body);
    const now = Math.floor(Date.now() / 1000);
    const old = api.identity.token({ claims: { sub: 'services', iat: now - 7200, exp: now - 3600 } });
    let asked = 0;
    OpenAPI.TOKEN = (options) => {
      asked += 1;
      assert.equal(options.url, '/recipes/{recipeId}');
      return Promise.resolve(asked === 1 ? old : api.identity.token({ claims: { sub: 'services' } }));
    };
    const reads = Array.from({ length: 10 }, () => RecipesService.getRecipe(id));
    assert.deepEqual(new Set((await Promise.all(reads)).map((read) => read.id)), new Set([id]));
    assert.equal(asked, 2);
  });

  test('ends a call that is cancelled, and its request', async (context) => {
    const ended = Promise.withResolvers<void>();
    context.mock.method(globalThis, 'fetch', (_input: RequestInfo, init?: RequestInit) => {
      init?.signal?.addEventListener('abort', () => ended.resolve());
      return new Promise(() => {});
    });
    const call = RecipesService.getRecipe(UNKNOWN);
    assert.ok(call instanceof CancelablePromise);
    setTimeout(() => call.cancel(), 5);
    await assert.rejects(call, (error) => error instanceof CancelError);
    await ended.promise;
  });

  test('sends the headers of the configuration', async (context) => {
    const real = globalThis.fetch;
    const sent: (string | null)[] = [];
    context.mock.method(globalThis, 'fetch', (input: RequestInfo, init?: RequestInit) => {
      sent.push(new Headers(init?.headers).get('x-app'));
      return real(input, init);
    });
    OpenAPI.HEADERS = { 'X-App': 'one' };
    await RecipesService.listRecipes(1);
    OpenAPI.HEADERS = () => Promise.resolve({ 'X-App': 'two' });
    await RecipesService.listRecipes(1);
    assert.deepEqual(sent, ['one', 'two']);
  });

  test('is called with the default client where the configuration says nothing', async () => {
    OpenAPI.BASE = '';
    OpenAPI.TOKEN = undefined;
    setDefaultClient(undefined);
    await assert.rejects(RecipesService.listRecipes(1), /No client/);
    const auth = api.identity.token({ claims: { sub: 'services' } });
    setDefaultClient(createClient({ baseUrl: api.origin, auth }));
    assert.equal((await RecipesService.listRecipes(1)).items.length, 1);
    setDefaultClient(undefined);
  });

  test('says what of the configuration it cannot do', async () => {
    OpenAPI.USERNAME = 'ann';
    await assert.rejects(
      RecipesService.listRecipes(1),
      /OpenAPI\.USERNAME .* give the token as OpenAPI\.TOKEN/,
    );
    OpenAPI.USERNAME = undefined;
    OpenAPI.ENCODE_PATH = encodeURI;
    await assert.rejects(RecipesService.listRecipes(1), /OpenAPI\.ENCODE_PATH is not used/);
  });
});
