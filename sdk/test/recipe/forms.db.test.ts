/** What the fields of forms say, held against the running API: a value at each bound, and one past it. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import type { Field, Fields } from '../../src/forms/index.ts';
import {
  listRecipesDefaults,
  listRecipesFields,
  recipeContentDefaults,
  recipeContentFields,
  recipePatchFields,
} from '../../src/forms/index.ts';
import {
  createRecipe,
  RecipeSort,
  RecipeVisibility,
  listRecipes,
  updateRecipe,
  type ListRecipesRequest,
  type RecipeContent,
} from '../../src/index.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());

interface Try {
  /** JSON pointer of the field in the body. */
  readonly pointer: string;
  readonly says: string;
  /** What stands there; `undefined` for nothing. */
  readonly value: unknown;
  readonly isAllowed: boolean;
}

/** The longest text that the pattern of quantities allows. */
const QUANTITY = '123456789.123456789';

/** Tries of all fields, those of items and objects within included. */
function tries(fields: Fields, at = ''): readonly Try[] {
  return Object.entries(fields).flatMap(([name, field]) => triesOf(field, `${at}/${name}`));
}

function triesOf(field: Field, pointer: string): readonly Try[] {
  const isItem = /\/\d+$/.test(pointer);
  // An item that is not there is none.
  if (!field.required || isItem) return limitTries(field, pointer);
  return [{ pointer, says: 'required', value: undefined, isAllowed: false }, ...limitTries(field, pointer)];
}

function limitTries(field: Field, pointer: string): readonly Try[] {
  const attempt = (says: string, value: unknown, isAllowed: boolean): Try => ({
    pointer,
    says,
    value,
    isAllowed,
  });
  if ('step' in field) {
    const { min = 0, max = 0, step } = field;
    assert.equal(step, 1);
    return [
      attempt('min', min, true),
      attempt('min', min - step, false),
      attempt('max', max, true),
      attempt('max', max + step, false),
      attempt('step', min + step / 2, false),
    ];
  }
  if ('item' in field) {
    const { minItems = 0, maxItems = 0, item } = field;
    const list = (length: number): unknown => Array.from({ length }, (_, index) => itemOf(item, index));
    const within =
      'fields' in item ? tries(item.fields ?? {}, `${pointer}/0`) : triesOf(item, `${pointer}/0`);
    return [
      attempt('minItems', list(minItems), true),
      ...(minItems === 0 ? [] : [attempt('minItems', list(minItems - 1), false)]),
      attempt('maxItems', list(maxItems), true),
      attempt('maxItems', list(maxItems + 1), false),
      ...within,
    ];
  }
  if (!('maxLength' in field)) return [];
  const { minLength = 0, maxLength = 0, pattern } = field;
  if (pattern !== undefined) {
    assert.match(QUANTITY, new RegExp(`^(?:${pattern})$`, 'v'));
    assert.doesNotMatch('1,5', new RegExp(`^(?:${pattern})$`, 'v'));
    assert.equal(QUANTITY.length, maxLength);
    return [
      attempt('pattern', QUANTITY, true),
      attempt('pattern', '1,5', false),
      attempt('maxLength', `${QUANTITY}1`, false),
    ];
  }
  return [
    attempt('minLength', 'x'.repeat(minLength), true),
    ...(minLength === 0 ? [] : [attempt('minLength', 'x'.repeat(minLength - 1), false)]),
    attempt('maxLength', 'x'.repeat(maxLength), true),
    attempt('maxLength', 'x'.repeat(maxLength + 1), false),
  ];
}

function itemOf(item: Field, index: number): unknown {
  return 'fields' in item ? { name: `Salt ${index}` } : `Item ${index}`;
}

/** With something at every place that a field names. */
const FULL: RecipeContent = {
  ...SOUP,
  description: 'Red.',
  prepMinutes: 1,
  cookMinutes: 1,
  ingredients: [{ name: 'tomatoes', quantity: '1.5', unit: 'kg', note: 'ripe' }],
};

/** That recipe with something else at the pointer. */
function withValue(pointer: string, value: unknown): RecipeContent {
  const body: RecipeContent = structuredClone(FULL);
  const names = pointer.split('/').slice(1);
  let at: object = body;
  for (const name of names.slice(0, -1)) at = Reflect.get(at, name);
  Reflect.set(at, names.at(-1) ?? '', value);
  return body;
}

const all = tries(recipeContentFields);

suite('the fields of a recipe', () => {
  test('have limits of every kind', () => {
    const kinds = new Set(all.map(({ says }) => says));
    assert.deepEqual([...kinds].toSorted(), [
      'max',
      'maxItems',
      'maxLength',
      'min',
      'minItems',
      'minLength',
      'pattern',
      'required',
      'step',
    ]);
    assert.ok(all.length >= 40, String(all.length));
  });

  for (const { pointer, says, value, isAllowed } of all) {
    const shown = JSON.stringify(value)?.slice(0, 24) ?? 'nothing';
    test(`${pointer}: the API ${isAllowed ? 'takes' : 'refuses'} ${shown} by ${says}`, async () => {
      const body = withValue(pointer, value);
      const result = await createRecipe({ body }, api.as(`cook ${pointer}`));
      if (isAllowed) return assert.equal(result.status, 201, JSON.stringify(result.data));
      assert.ok(result.status === 400 || result.status === 422, JSON.stringify(result.data));
      const pointers = (result.data.errors ?? []).map((error) => error.pointer);
      assert.ok(
        pointers.some((named) => named === pointer),
        JSON.stringify(result.data),
      );
    });
  }

  test('ask for nothing in a change that the API does not ask for', async () => {
    assert.ok(Object.values(recipePatchFields).every(({ required }) => !required));
    const ann = api.as('ann');
    const created = await createRecipe({ body: FULL }, ann);
    assert.equal(created.status, 201);
    const change = { recipeId: created.data.id, body: {}, 'if-match': created.headers.etag };
    assert.equal((await updateRecipe(change, ann)).status, 200);
  });
});

suite('the defaults', () => {
  test('are what the API takes for what is left out', async () => {
    const { title, servings, ingredients, steps } = FULL;
    const created = await createRecipe({ body: { title, servings, ingredients, steps } }, api.as('default'));
    assert.equal(created.status, 201);
    const taken = Object.keys(recipeContentDefaults).map((name) => [name, Reflect.get(created.data, name)]);
    assert.deepEqual(Object.fromEntries(taken), recipeContentDefaults);
  });

  test('of a query too', async () => {
    const many = api.as('many');
    for (let index = 0; index <= listRecipesDefaults.limit; index += 1) {
      const body = { ...FULL, title: `${index}` };
      assert.equal((await createRecipe({ body }, many)).status, 201);
    }
    const author = 'many';
    const plain = await listRecipes({ author }, many);
    assert.equal(plain.status, 200);
    assert.equal(plain.data.items.length, listRecipesDefaults.limit);
    assert.deepEqual(plain.data, (await listRecipes({ author, ...listRecipesDefaults }, many)).data);
  });
});

suite('the fields of a query', () => {
  const { limit, q, tag, maxTotalMinutes } = listRecipesFields;
  const rows: readonly (readonly [params: ListRecipesRequest, isAllowed: boolean])[] = [
    [{ limit: limit.min }, true],
    [{ limit: limit.min - limit.step }, false],
    [{ limit: limit.max }, true],
    [{ limit: limit.max + limit.step }, false],
    [{ q: 'x'.repeat(q.maxLength) }, true],
    [{ q: 'x'.repeat(q.maxLength + 1) }, false],
    [{ tag: Array.from({ length: tag.maxItems }, () => 'x'.repeat(tag.item.maxLength)) }, true],
    [{ tag: Array.from({ length: tag.maxItems + 1 }, () => 'x') }, false],
    [{ maxTotalMinutes: maxTotalMinutes.max }, true],
    [{ maxTotalMinutes: maxTotalMinutes.max + 1 }, false],
  ];
  for (const [params, isAllowed] of rows) {
    test(`the API ${isAllowed ? 'takes' : 'refuses'} ${JSON.stringify(params).slice(0, 40)}`, async () => {
      const result = await listRecipes(params, api.as('ann'));
      assert.equal(result.status, isAllowed ? 200 : 400, JSON.stringify(result.data));
      if (result.status === 400)
        assert.deepEqual(
          result.data.errors?.map(({ parameter }) => parameter),
          Object.keys(params),
        );
    });
  }
});

suite('enumerations', () => {
  test('hold values that the API takes, and it takes no other', async () => {
    const ann = api.as('ann');
    for (const sort of Object.values(RecipeSort))
      assert.equal((await listRecipes({ sort }, ann)).status, 200, sort);
    for (const visibility of Object.values(RecipeVisibility)) {
      assert.equal((await createRecipe({ body: { ...FULL, visibility } }, ann)).status, 201, visibility);
    }
    // @ts-expect-error -- no such order
    assert.equal((await listRecipes({ sort: 'size' }, ann)).status, 400);
  });
});
