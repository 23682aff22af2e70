import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import contract from '#generated/recipe/contract.json' with { type: 'json' };
import type { Problem } from '#generated/common/schemas.ts';
import type { Recipe, RecipePage, RecipeTagList, ScaledRecipe } from '#generated/recipe/schemas.ts';
import { PgRecipeRepository } from '../infra/pg-recipe-repository.ts';
import { startRecipeApp, type Person } from '../testing/recipe-app.ts';
import { sampleRecipe } from '../testing/sample-recipes.ts';

const BODY = {
  title: 'Soup of roasted tomatoes',
  description: 'For the last ripe ones.',
  servings: 4,
  prepMinutes: 15,
  cookMinutes: 45,
  tags: ['Vegan', ' soup '],
  ingredients: [
    { name: 'ripe tomatoes', quantity: '1.50', unit: 'kg', note: 'quartered' },
    { name: 'stock', quantity: '500', unit: 'ml' },
    { name: 'salt' },
  ],
  steps: ['Roast.', 'Blend.', 'Simmer.'],
  visibility: 'public',
};
const MINIMAL = { title: 'Toast', servings: 1, ingredients: [{ name: 'bread' }], steps: ['Toast it.'] };
const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };
const NOBODYS = '/recipes/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

async function read<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app holds its responses to the contract in tests
  return JSON.parse(text) as T;
}

async function problem(response: Response, status: number, code?: string): Promise<Problem> {
  const body = await read<Problem>(response, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(body.status, status);
  if (code !== undefined) {
    assert.equal(body.type, `/problems/${code}`);
  }
  return body;
}

async function create(person: Person, parts: object = {}): Promise<Recipe> {
  return read<Recipe>(await person('POST', '/recipes', { json: { ...MINIMAL, ...parts } }), 201);
}

/** The tags that begin with `t-` and their numbers, as this person sees them. */
async function testTags(person: Person, query = ''): Promise<readonly string[]> {
  const { items } = await read<RecipeTagList>(await person('GET', `/recipe-tags?prefix=T-${query}`), 200);
  return items.map(({ tag, recipes }) => `${tag} ${recipes}`);
}

suite('the recipe API', async () => {
  const app = await startRecipeApp();
  after(async () => app[Symbol.asyncDispose]());
  let people = 0;
  /** Somebody whom no other test knows. */
  const somebody = (): Person => {
    people += 1;
    return app.person(`person-${people}`);
  };

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
    const ada = somebody();
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

  test('of fifty writers with the same version exactly one wins, and nothing else is changed', async () => {
    const ada = somebody();
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
    const ada = somebody();
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
    test(`${method} with If-Match ${ifMatch ?? 'left out'} is ${status} and changes nothing`, async () => {
      const ada = somebody();
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
    const ada = somebody();
    const { id } = await create(ada);
    const headers = { 'if-match': 'W/"v1", "v7" , "v1"' };
    await read<Recipe>(await ada('PUT', `/recipes/${id}`, { json: MINIMAL, headers }), 200);
    assert.equal((await ada('DELETE', `/recipes/${id}`, { headers: { 'if-match': '"v2"' } })).status, 204);
  });

  test('a reader who has the version already is answered 304', async () => {
    const ada = somebody();
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

  test("another person's private recipe is not there, whatever is asked of it", async () => {
    const [ada, bob] = [somebody(), somebody()];
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
    const absent = await problem(await bob('GET', NOBODYS), 404);
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
      const [ada, bob] = [somebody(), somebody()];
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

  test('nothing is done for whoever has no token', async () => {
    const { id } = await create(somebody(), { visibility: 'public' });
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

  test('texts come back code point for code point and quantities digit for digit', async () => {
    const ada = somebody();
    const texts = [
      'Cre\u0300me bru\u0302lée',
      '🍰👩‍🍳 «»',
      '\u202Eهلا \u0001\u001F\u007F\u2028\u2029\uFEFF\uFFFD',
      `'; DROP TABLE recipe.recipes; -- "\\" %_ {}[]`,
      ' leading and trailing ',
    ];
    const quantities = ['0.000000001', '999999999.999999999', '1.50', '100', '0.10', '3'];
    for (const text of texts) {
      const ingredients = quantities.map((quantity) => ({
        name: text,
        quantity,
        unit: text.slice(0, 20),
        note: text,
      }));
      const created = await create(ada, { title: text, description: text, steps: [text], ingredients });
      const got = await read<Recipe>(await ada('GET', `/recipes/${created.id}`), 200);
      assert.deepEqual(
        [got.title, got.description, got.steps, got.ingredients],
        [text, text, [text], ingredients],
      );
    }
  });

  const malformed: readonly [name: string, body: unknown, pointer: string][] = [
    ['an unknown member', { ...MINIMAL, colour: 'red' }, '/colour'],
    ['an id', { ...MINIMAL, id: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21' }, '/id'],
    ['an author', { ...MINIMAL, author: 'somebody else' }, '/author'],
    ['a version', { ...MINIMAL, version: 7 }, '/version'],
    ['no title', { ...MINIMAL, title: undefined }, '/title'],
    ['a title of null', { ...MINIMAL, title: null }, '/title'],
    [
      'a quantity as a number',
      { ...MINIMAL, ingredients: [{ name: 'x', quantity: 1.5 }] },
      '/ingredients/0/quantity',
    ],
    [
      'a quantity with an exponent',
      { ...MINIMAL, ingredients: [{ name: 'x', quantity: '1e3' }] },
      '/ingredients/0/quantity',
    ],
    ['no ingredients', { ...MINIMAL, ingredients: [] }, '/ingredients'],
    ['an unknown visibility', { ...MINIMAL, visibility: 'friends' }, '/visibility'],
    ['servings of one and a half', { ...MINIMAL, servings: 1.5 }, '/servings'],
    ['too many servings', { ...MINIMAL, servings: 1001 }, '/servings'],
    ['a title that is too long', { ...MINIMAL, title: '🍰'.repeat(201) }, '/title'],
  ];
  for (const [name, json, pointer] of malformed) {
    test(`creating with ${name} is 400 at ${pointer}`, async () => {
      const { errors } = await problem(await somebody()('POST', '/recipes', { json }), 400);
      const pointers = (errors ?? []).map((error) => error.pointer ?? '');
      assert.ok(pointers.includes(pointer), JSON.stringify(errors));
    });
  }

  test('a patch that takes away what is required is refused at its place', async () => {
    const ada = somebody();
    const { id } = await create(ada);
    for (const name of ['title', 'servings', 'ingredients', 'steps']) {
      const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
      const response = await ada('PATCH', `/recipes/${id}`, { json: { [name]: null }, headers });
      const { errors } = await problem(response, 400);
      assert.ok(
        errors?.some(({ pointer }) => pointer === `/${name}`),
        JSON.stringify(errors),
      );
    }
  });

  test('every broken rule of a recipe is named with its place', async () => {
    const json = {
      ...MINIMAL,
      title: ' \t ',
      tags: ['fine', '\u3000'],
      ingredients: [{ name: 'x', quantity: '0.00' }],
    };
    const { errors } = await problem(await somebody()('POST', '/recipes', { json }), 422, 'invalid-recipe');
    assert.deepEqual(
      errors?.map(({ pointer }) => pointer),
      ['/title', '/tags/1', '/ingredients/0/quantity'],
    );

    const ada = somebody();
    const recipe = await create(ada);
    const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
    const patched = await ada('PATCH', `/recipes/${recipe.id}`, { json: { steps: [' '] }, headers });
    assert.deepEqual(
      (await problem(patched, 422)).errors?.map(({ pointer }) => pointer),
      ['/steps/0'],
    );
    assert.deepEqual(await read<Recipe>(await ada('GET', `/recipes/${recipe.id}`), 200), recipe);
  });

  const refused: readonly [name: string, path: string, status: number][] = [
    ['an id that is no UUID', '/recipes/1', 400],
    ['an id in another form of UUID', '/recipes/urn:uuid:0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21', 400],
    ['a limit of zero', '/recipes?limit=0', 400],
    ['a limit above the highest', '/recipes?limit=101', 400],
    ['a limit of Infinity', '/recipes?limit=Infinity', 400],
    ['an unknown parameter', '/recipes?colour=red', 400],
    ['an unknown order', '/recipes?sort=-title', 400],
    ['two orders', '/recipes?sort=title&sort=createdAt', 400],
    ['an empty search', '/recipes?q=', 400],
    ['NUL in a search', '/recipes?q=%00', 400],
    ['a negative time', '/recipes?maxTotalMinutes=-1', 400],
    ['an unknown visibility', '/recipes?visibility=friends', 400],
    ['a blank tag', '/recipes?tag=%20', 422],
    ['a cursor that is none', '/recipes?cursor=abc', 400],
    ['no servings', `${NOBODYS}/scaled`, 400],
    ['servings of zero', `${NOBODYS}/scaled?servings=0`, 400],
    ['too many tags asked for', '/recipe-tags?limit=1001', 400],
    ['a recipe that is not there', NOBODYS, 404],
    ['the scaling of a recipe that is not there', `${NOBODYS}/scaled?servings=2`, 404],
  ];
  for (const [name, path, status] of refused) {
    test(`asking with ${name} is ${status}`, async () => {
      await problem(await somebody()('GET', path), status);
    });
  }

  test('bodies and answers of other media types are refused', async () => {
    const ada = somebody();
    const { id } = await create(ada);
    const path = `/recipes/${id}`;
    await problem(await ada('GET', path, { headers: { accept: 'text/html' } }), 406);
    await problem(await ada('PATCH', path, { json: {}, headers: { 'if-match': '*' } }), 415);
    await problem(await ada('POST', '/recipes', { json: MINIMAL, headers: MERGE_PATCH }), 415);
    await problem(await ada('POST', '/recipes', { json: { ...MINIMAL, x: 'x'.repeat(2_000_000) } }), 413);
  });

  test('walks a thousand recipes of one millisecond, each exactly once, in every order', async () => {
    const now = new Date('2026-03-01T12:00:00.123Z');
    const repository = new PgRecipeRepository(app.database);
    const ids = new Set<string>();
    for (let index = 0; index < 1000; index += 1) {
      const id = `0198d7a2-8f10-7cc3-9b55-${((index * 7919) % 1000).toString(16).padStart(12, '0')}`;
      const visibility = (['private', 'unlisted', 'public'] as const)[index % 3] ?? 'public';
      await repository.insert(
        sampleRecipe({ id, author: 'walker', now, visibility, title: 'Same', tags: ['walk'] }),
      );
      ids.add(id);
    }
    const walker = app.person('walker');
    for (const sort of ['createdAt', '-createdAt', 'title', 'totalMinutes']) {
      for (const filter of ['author=walker', 'tag=walk&q=same']) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const query = `${filter}&sort=${sort}&limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`;
          const page = await read<RecipePage>(await walker('GET', `/recipes?${query}`), 200);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor !== undefined && seen.length <= 1000);
        assert.equal(seen.length, 1000, `${sort} ${filter}`);
        assert.deepEqual(new Set(seen), ids, `${sort} ${filter}`);
      }
    }
  });

  test('a cursor is good for its own list and its own reader only', async () => {
    const [ada, bob] = [somebody(), somebody()];
    for (const title of ['a', 'b', 'c']) {
      await create(ada, { title, visibility: 'public', tags: ['cursor-test'] });
    }
    const list = '/recipes?tag=cursor-test&sort=title';
    const { nextCursor } = await read<RecipePage>(await ada('GET', `${list}&limit=1`), 200);
    assert.ok(nextCursor !== undefined);
    const rest = await read<RecipePage>(await ada('GET', `${list}&limit=2&cursor=${nextCursor}`), 200);
    assert.deepEqual(
      rest.items.map(({ title }) => title),
      ['b', 'c'],
    );
    assert.equal(rest.nextCursor, undefined);

    const last = nextCursor.endsWith('A') ? 'B' : 'A';
    const refusals = [
      await bob('GET', `${list}&cursor=${nextCursor}`),
      await ada('GET', `${list}&cursor=${nextCursor.slice(0, -1)}${last}`),
      await ada('GET', `${list}&cursor=${nextCursor.slice(1)}`),
      await ada('GET', `/recipes?tag=cursor-test&cursor=${nextCursor}`),
      await ada('GET', `/recipes?tag=cursor-test&sort=createdAt&cursor=${nextCursor}`),
      await ada('GET', `/recipes?sort=title&cursor=${nextCursor}`),
      await ada('GET', `${list}&visibility=public&cursor=${nextCursor}`),
    ];
    for (const response of refusals) {
      const { errors } = await problem(response, 400, 'invalid-cursor');
      assert.deepEqual(errors, [{ parameter: 'cursor', detail: 'must be a nextCursor of this list' }]);
    }
  });

  test('filters combine', async () => {
    const ada = somebody();
    const author = (await create(ada, { title: 'Tomato soup', tags: ['f-soup', 'f-vegan'], cookMinutes: 30 }))
      .author;
    await create(ada, { title: 'Tomato salad', tags: ['f-vegan'], prepMinutes: 10, visibility: 'public' });
    await create(ada, { title: 'Fish soup', tags: ['f-soup'], cookMinutes: 60, visibility: 'unlisted' });
    const titles = async (query: string): Promise<readonly string[]> => {
      const path = `/recipes?author=${author}&sort=title&${query}`;
      return (await read<RecipePage>(await ada('GET', path), 200)).items.map(({ title }) => title);
    };
    assert.deepEqual(await titles('q=tomato'), ['Tomato salad', 'Tomato soup']);
    assert.deepEqual(await titles('q=SOUP%20tom'), ['Tomato soup']);
    assert.deepEqual(await titles('q=!!'), []);
    assert.deepEqual(await titles('tag=F-Soup'), ['Fish soup', 'Tomato soup']);
    assert.deepEqual(await titles('tag=f-soup&tag=f-vegan'), ['Tomato soup']);
    assert.deepEqual(await titles('maxTotalMinutes=30'), ['Tomato salad', 'Tomato soup']);
    assert.deepEqual(await titles('maxTotalMinutes=30&q=soup'), ['Tomato soup']);
    assert.deepEqual(await titles('visibility=public'), ['Tomato salad']);
    assert.deepEqual(await titles('visibility=unlisted'), ['Fish soup']);
    assert.deepEqual(await titles('visibility=private'), ['Tomato soup']);
    const newest = await read<RecipePage>(await ada('GET', `/recipes?author=${author}&limit=1`), 200);
    assert.deepEqual(
      newest.items.map(({ title }) => title),
      ['Fish soup'],
    );
  });

  test('a recipe is scaled exactly, and stays as it is', async () => {
    const ada = somebody();
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

  test('tags are counted as they are now, the most used first', async () => {
    const ada = somebody();
    await create(ada, { tags: ['t-a', 't-b'] });
    const { id } = await create(ada, { tags: ['t-b', 't-c'], visibility: 'public' });
    assert.deepEqual(await testTags(ada), ['t-b 2', 't-a 1', 't-c 1']);
    assert.deepEqual(await testTags(ada, '&limit=1'), ['t-b 2']);
    assert.deepEqual(await testTags(somebody()), ['t-b 1', 't-c 1']);
    await ada('DELETE', `/recipes/${id}`);
    assert.deepEqual(await testTags(ada), ['t-a 1', 't-b 1']);
    assert.deepEqual(await testTags(somebody()), []);
  });
});
