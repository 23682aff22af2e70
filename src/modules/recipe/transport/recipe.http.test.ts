import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import contract from '#generated/recipe/contract.json' with { type: 'json' };
import type { Recipe, RecipePage, RecipeTagList, ScaledRecipe } from '#generated/recipe/schemas.ts';
import { startRecipeApp } from '../testing/recipe-app.ts';
import { BODY, create, MERGE_PATCH, MINIMAL, problem, read } from '../testing/recipe-calls.ts';

const ABSENT = '/recipes/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

suite('the recipe API', async () => {
  const app = await startRecipeApp();
  after(async () => app[Symbol.asyncDispose]());

  // @requirement 46, 47
  test('a recipe is created, read, listed, edited, patched and deleted', async () => {
    const ada = app.person('ada|life');
    const created = await ada('POST', '/recipes', { json: BODY });
    const recipe = await read<Recipe>(created, 201);
    const path = created.headers.get('location')!;
    assert.equal(path, `/recipes/${recipe.id}`);
    assert.match(recipe.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(created.headers.get('etag'), '"v1"');
    const { id, createdAt, updatedAt, ...rest } = recipe;
    const expected = { ...BODY, tags: ['vegan', 'soup'], totalMinutes: 60, author: 'ada|life', version: 1 };
    assert.deepEqual(rest, expected);
    assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(updatedAt, createdAt);

    const got = await ada('GET', path);
    assert.equal(got.headers.get('etag'), '"v1"');
    assert.deepEqual(await read<Recipe>(got, 200), recipe);

    const listed = await read<RecipePage>(await ada('GET', '/recipes?author=ada%7Clife'), 200);
    const { ingredients: _ingredients, steps: _steps, ...summary } = recipe;
    assert.deepEqual(listed, { items: [summary] });

    const replaced = await ada('PUT', path, { json: MINIMAL, headers: { 'if-match': '"v1"' } });
    assert.equal(replaced.headers.get('etag'), '"v2"');
    const replacement = await read<Recipe>(replaced, 200);
    assert.deepEqual(replacement, {
      ...MINIMAL,
      description: '',
      prepMinutes: 0,
      cookMinutes: 0,
      totalMinutes: 0,
      tags: [],
      visibility: 'private',
      id,
      author: 'ada|life',
      createdAt,
      updatedAt: replacement.updatedAt,
      version: 2,
    });

    const patch = { title: 'French toast', description: null, cookMinutes: 10, tags: ['Breakfast'] };
    const patched = await ada('PATCH', path, {
      json: patch,
      headers: { ...MERGE_PATCH, 'if-match': '"v2"' },
    });
    assert.equal(patched.headers.get('etag'), '"v3"');
    const merged = await read<Recipe>(patched, 200);
    assert.deepEqual(merged, {
      ...replacement,
      title: 'French toast',
      cookMinutes: 10,
      totalMinutes: 10,
      tags: ['breakfast'],
      updatedAt: merged.updatedAt,
      version: 3,
    });
    assert.deepEqual(await read<Recipe>(await ada('GET', path), 200), merged);

    const deleted = await ada('DELETE', path);
    assert.equal(deleted.status, 204);
    assert.equal(await deleted.text(), '');
    await problem(await ada('GET', path), 404, 'recipe-not-found');
    await problem(await ada('DELETE', path), 404, 'recipe-not-found');
    assert.deepEqual(await read<RecipePage>(await ada('GET', '/recipes?author=ada%7Clife'), 200), {
      items: [],
    });
  });

  test("the contract's own examples are true", async () => {
    const ada = app.somebody();
    const [content] = contract.components.schemas.RecipeContent.examples;
    const [patch] = contract.components.schemas.RecipePatch.examples;
    const created = await read<Recipe>(await ada('POST', '/recipes', { json: content }), 201);
    assert.partialDeepStrictEqual(created, content);
    const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
    const path = `/recipes/${created.id}`;
    const patched = await read<Recipe>(await ada('PATCH', path, { json: patch, headers }), 200);
    assert.partialDeepStrictEqual(patched, { ...patch, description: '' });
    const found = await read<RecipePage>(
      await ada('GET', `/recipes?q=tomato%20soup&author=${created.author}`),
      200,
    );
    assert.deepEqual(
      found.items.map(({ title }) => title),
      ['Soup of roasted tomatoes'],
    );
    const scaled = await read<ScaledRecipe>(await ada('GET', `${path}/scaled?servings=6`), 200);
    assert.deepEqual([scaled.ingredients[0]?.quantity, scaled.ingredients[0]?.fraction], ['2.25', '9/4']);
  });

  // @requirement 51
  test('of fifty writers with the same version exactly one wins, and nothing else is changed', async () => {
    const ada = app.somebody();
    const { id } = await create(ada);
    const writes = Array.from({ length: 50 }, async (_, index) => {
      const json = { ...MINIMAL, title: `by ${index}` };
      const isPut = index % 2 === 0;
      const headers = { 'if-match': '"v1"', ...(isPut ? {} : MERGE_PATCH) };
      const response = await ada(isPut ? 'PUT' : 'PATCH', `/recipes/${id}`, { json, headers });
      return { status: response.status, body: await response.text(), title: json.title };
    });
    const results = await Promise.all(writes);
    const won = results.filter(({ status }) => status === 200);
    assert.equal(won.length, 1);
    assert.equal(results.filter(({ status }) => status === 412).length, 49);
    const now = await read<Recipe>(await ada('GET', `/recipes/${id}`), 200);
    assert.deepEqual([now.version, now.title], [2, won[0]?.title]);
  });

  test('of many who patch any version, every one is applied to what the one before left', async () => {
    const ada = app.somebody();
    const { id } = await create(ada);
    const patches = Array.from({ length: 12 }, async () =>
      ada('PATCH', `/recipes/${id}`, { json: { tags: ['x'] }, headers: { ...MERGE_PATCH, 'if-match': '*' } }),
    );
    const versions: number[] = [];
    for (const response of await Promise.all(patches)) {
      versions.push((await read<Recipe>(response, 200)).version);
    }
    assert.deepEqual(
      versions.toSorted((left, right) => left - right),
      Array.from({ length: 12 }, (_, index) => index + 2),
    );
  });

  const conditions: readonly [method: string, ifMatch: string | undefined, status: number, code: string][] = [
    ['PUT', undefined, 428, 'if-match-required'],
    ['PATCH', undefined, 428, 'if-match-required'],
    ['PUT', '"v2"', 412, 'recipe-version-mismatch'],
    ['PATCH', 'W/"v1"', 412, 'recipe-version-mismatch'],
    ['DELETE', '"v2"', 412, 'recipe-version-mismatch'],
    ['DELETE', '"something-else"', 412, 'recipe-version-mismatch'],
    ['PUT', 'v1', 400, 'invalid-if-match'],
    ['DELETE', '"v1', 400, 'invalid-if-match'],
  ];
  for (const [method, ifMatch, status, code] of conditions) {
    // @requirement 49, 50
    test(`${method} with If-Match ${ifMatch ?? 'left out'} is ${status} and changes nothing`, async () => {
      const ada = app.somebody();
      const recipe = await create(ada);
      const headers = {
        ...(method === 'PATCH' ? MERGE_PATCH : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      };
      const body = method === 'DELETE' ? {} : { json: { ...MINIMAL, title: 'changed' } };
      await problem(await ada(method, `/recipes/${recipe.id}`, { ...body, headers }), status, code);
      assert.deepEqual(await read<Recipe>(await ada('GET', `/recipes/${recipe.id}`), 200), recipe);
    });
  }

  test('If-Match may list versions, and deleting may name one', async () => {
    const ada = app.somebody();
    const { id } = await create(ada);
    const headers = { 'if-match': 'W/"v1", "v7" , "v1"' };
    await read<Recipe>(await ada('PUT', `/recipes/${id}`, { json: MINIMAL, headers }), 200);
    assert.equal((await ada('DELETE', `/recipes/${id}`, { headers: { 'if-match': '"v2"' } })).status, 204);
  });

  // @requirement 48
  test('a reader who has the version already is answered 304', async () => {
    const ada = app.somebody();
    const { id } = await create(ada);
    for (const path of [`/recipes/${id}`, `/recipes/${id}/scaled?servings=2`]) {
      for (const tag of ['"v1"', 'W/"v1"', '*', '"v9", "v1"']) {
        const response = await ada('GET', path, { headers: { 'if-none-match': tag } });
        assert.deepEqual(
          [response.status, response.headers.get('etag'), await response.text()],
          [304, '"v1"', ''],
        );
      }
      assert.equal((await ada('GET', path, { headers: { 'if-none-match': '"v2"' } })).status, 200);
    }
  });

  // @requirement 32
  test("another person's private recipe is not there, whatever is asked of it", async () => {
    const [ada, bob] = [app.somebody(), app.somebody()];
    const recipe = await create(ada, { visibility: 'private', tags: ['only-mine'] });
    const path = `/recipes/${recipe.id}`;
    const headers = { 'if-match': '*' };
    const answers = [
      await bob('GET', path),
      await bob('GET', `${path}/scaled?servings=2`),
      await bob('PUT', path, { json: MINIMAL, headers }),
      await bob('PATCH', path, { json: {}, headers: { ...headers, ...MERGE_PATCH } }),
      await bob('DELETE', path),
      await bob('DELETE', path, { headers: { 'if-match': '"v99"' } }),
    ];
    const absent = await problem(await bob('GET', ABSENT), 404);
    for (const response of answers) {
      const { title, detail, errors } = await problem(response, 404, 'recipe-not-found');
      assert.deepEqual([title, detail, errors], [absent.title, absent.detail, absent.errors]);
    }
    const listed = await read<RecipePage>(await bob('GET', `/recipes?author=${recipe.author}`), 200);
    assert.deepEqual(listed.items, []);
    assert.deepEqual(await read<RecipePage>(await bob('GET', '/recipes?tag=only-mine'), 200), { items: [] });
    assert.deepEqual(await read<RecipeTagList>(await bob('GET', '/recipe-tags?prefix=only-mine'), 200), {
      items: [],
    });
    assert.deepEqual(await read<Recipe>(await ada('GET', path), 200), recipe);
  });

  for (const visibility of ['public', 'unlisted']) {
    test(`another person's ${visibility} recipe may be read, and not be changed`, async () => {
      const [ada, bob] = [app.somebody(), app.somebody()];
      const recipe = await create(ada, { visibility });
      const path = `/recipes/${recipe.id}`;
      assert.deepEqual(await read<Recipe>(await bob('GET', path), 200), recipe);
      const headers = { 'if-match': '"v1"' };
      const answers = [
        await bob('PUT', path, { json: MINIMAL, headers }),
        await bob('PATCH', path, { json: {}, headers: { ...headers, ...MERGE_PATCH } }),
        await bob('DELETE', path, { headers }),
      ];
      for (const response of answers) {
        await problem(response, 403, 'not-recipe-author');
      }
      assert.deepEqual(await read<Recipe>(await ada('GET', path), 200), recipe);
      const listed = await read<RecipePage>(await bob('GET', `/recipes?author=${recipe.author}`), 200);
      assert.equal(listed.items.length, visibility === 'public' ? 1 : 0);
    });
  }

  test('nothing is done without a token', async () => {
    const { id } = await create(app.somebody(), { visibility: 'public' });
    const calls: readonly [method: string, path: string][] = [
      ['GET', '/recipes'],
      ['POST', '/recipes'],
      ['GET', `/recipes/${id}`],
      ['PUT', `/recipes/${id}`],
      ['PATCH', `/recipes/${id}`],
      ['DELETE', `/recipes/${id}`],
      ['GET', `/recipes/${id}/scaled?servings=2`],
      ['GET', '/recipe-tags'],
    ];
    for (const [method, path] of calls) {
      const response = await app.fetch(path, {
        method,
        ...(method.startsWith('P') ? { json: MINIMAL } : {}),
      });
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/);
      await problem(response, 401);
    }
  });

  test('a recipe is scaled exactly, and stays as it is', async () => {
    const ada = app.somebody();
    const recipe = await create(ada, {
      ...BODY,
      ingredients: [...BODY.ingredients, { name: 'egg', quantity: '1' }],
    });
    const path = `/recipes/${recipe.id}/scaled`;
    const response = await ada('GET', `${path}?servings=6`);
    assert.equal(response.headers.get('etag'), '"v1"');
    assert.deepEqual(await read<ScaledRecipe>(response, 200), {
      recipeId: recipe.id,
      title: recipe.title,
      servings: 6,
      originalServings: 4,
      version: 1,
      ingredients: [
        { name: 'ripe tomatoes', quantity: '2.25', fraction: '9/4', unit: 'kg', note: 'quartered' },
        { name: 'stock', quantity: '750', fraction: '750', unit: 'ml' },
        { name: 'salt' },
        { name: 'egg', quantity: '1.5', fraction: '3/2' },
      ],
    });
    assert.deepEqual(await read<Recipe>(await ada('GET', `/recipes/${recipe.id}`), 200), recipe);
  });
});
