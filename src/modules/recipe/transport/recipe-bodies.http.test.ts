import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { Recipe } from '#generated/recipe/schemas.ts';
import { startRecipeApp } from '../testing/recipe-app.ts';
import { create, MERGE_PATCH, MINIMAL, problem, read } from '../testing/recipe-calls.ts';

const ABSENT = '/recipes/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

suite('what a recipe may say', async () => {
  const app = await startRecipeApp();
  after(async () => app[Symbol.asyncDispose]());

  // @requirement 69
  test('texts come back code point for code point and quantities digit for digit', async () => {
    const ada = app.somebody();
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
    // @requirement 33, 71
    test(`creating with ${name} is 400 at ${pointer}`, async () => {
      const { errors } = await problem(await app.somebody()('POST', '/recipes', { json }), 400);
      const pointers = (errors ?? []).map((error) => error.pointer ?? '');
      assert.ok(pointers.includes(pointer), JSON.stringify(errors));
    });
  }

  test('a patch that takes away what is required is refused at its place', async () => {
    const ada = app.somebody();
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
    const { errors } = await problem(
      await app.somebody()('POST', '/recipes', { json }),
      422,
      'invalid-recipe',
    );
    assert.deepEqual(
      errors?.map(({ pointer }) => pointer),
      ['/title', '/tags/1', '/ingredients/0/quantity'],
    );

    const ada = app.somebody();
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
    ['no servings', `${ABSENT}/scaled`, 400],
    ['servings of zero', `${ABSENT}/scaled?servings=0`, 400],
    ['too many tags asked for', '/recipe-tags?limit=1001', 400],
    ['a recipe that is not there', ABSENT, 404],
    ['the scaling of a recipe that is not there', `${ABSENT}/scaled?servings=2`, 404],
  ];
  for (const [name, path, status] of refused) {
    test(`asking with ${name} is ${status}`, async () => {
      await problem(await app.somebody()('GET', path), status);
    });
  }

  // @requirement 54
  test('bodies and answers of other media types are refused', async () => {
    const ada = app.somebody();
    const { id } = await create(ada);
    const path = `/recipes/${id}`;
    await problem(await ada('GET', path, { headers: { accept: 'text/html' } }), 406);
    await problem(await ada('PATCH', path, { json: {}, headers: { 'if-match': '*' } }), 415);
    await problem(await ada('POST', '/recipes', { json: MINIMAL, headers: MERGE_PATCH }), 415);
    await problem(await ada('POST', '/recipes', { json: { ...MINIMAL, x: 'x'.repeat(2_000_000) } }), 413);
  });
});
