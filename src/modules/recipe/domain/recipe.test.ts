import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sampleRecipe } from '../testing/sample-recipes.ts';
import {
  NotRecipeAuthorError,
  RecipeNotFoundError,
  RecipeVersionMismatchError,
  RecipeVersionRequiredError,
} from './errors.ts';
import { listScope } from './recipe-list.ts';
import { assertConditional, assertEditable, assertReadable, withContent } from './recipe.ts';
import { scaleRecipe } from './scaled-recipe.ts';

suite('recipes', () => {
  const readable: readonly [
    visibility: 'private' | 'unlisted' | 'public',
    reader: string,
    isReadable: boolean,
  ][] = [
    ['private', 'ada', true],
    ['private', 'bob', false],
    ['unlisted', 'bob', true],
    ['public', 'bob', true],
  ];
  for (const [visibility, reader, isReadable] of readable) {
    test(`a ${visibility} recipe of ada is ${isReadable ? '' : 'not '}for ${reader} to read`, () => {
      const recipe = sampleRecipe({ author: 'ada', visibility });
      if (isReadable) {
        assert.equal(assertReadable(recipe, reader), recipe);
      } else {
        assert.throws(() => assertReadable(recipe, reader), RecipeNotFoundError);
      }
    });
  }

  test('a user who may not read a recipe is told nothing of its author or version', () => {
    const hidden = sampleRecipe({ author: 'ada', visibility: 'private' });
    assert.throws(() => assertEditable(hidden, 'bob', [99]), RecipeNotFoundError);
    assert.throws(() => assertEditable(undefined, 'bob', [99]), RecipeNotFoundError);
    const seen = sampleRecipe({ author: 'ada', visibility: 'unlisted' });
    assert.throws(() => assertEditable(seen, 'bob', [99]), NotRecipeAuthorError);
  });

  test('a change must name the version that is there, or any', () => {
    const recipe = sampleRecipe({ author: 'ada' });
    assert.equal(assertEditable(recipe, 'ada', [3, 1]), recipe);
    assert.equal(assertEditable(recipe, 'ada', 'any'), recipe);
    assert.throws(() => assertEditable(recipe, 'ada', [2]), RecipeVersionMismatchError);
    assert.throws(() => assertEditable(recipe, 'ada', []), RecipeVersionMismatchError);
    assert.throws(() => assertConditional(undefined), RecipeVersionRequiredError);
  });

  test('a change keeps id, author and creation, and counts', () => {
    const recipe = sampleRecipe({ author: 'ada' });
    const now = new Date('2026-05-01T00:00:00.000Z');
    const changed = withContent(recipe, { ...recipe, title: 'New' }, now);
    assert.deepEqual(changed, { ...recipe, title: 'New', updatedAt: now, version: 2 });
  });

  test('a clock that runs backwards does not', () => {
    const recipe = sampleRecipe({ now: new Date('2026-05-01T00:00:00.000Z') });
    const changed = withContent(recipe, recipe, new Date('2025-01-01T00:00:00.000Z'));
    assert.deepEqual(changed.updatedAt, recipe.createdAt);
  });

  test('scaling changes quantities and nothing else', () => {
    const recipe = sampleRecipe({
      servings: 3,
      ingredients: [
        { name: 'flour', quantity: '1', unit: 'kg', note: 'fine' },
        { name: 'salt', unit: 'pinch' },
      ],
    });
    assert.deepEqual(scaleRecipe(recipe, 2), {
      recipe,
      servings: 2,
      ingredients: [
        { name: 'flour', quantity: '0.666667', fraction: '2/3', unit: 'kg', note: 'fine' },
        { name: 'salt', unit: 'pinch' },
      ],
    });
  });

  const scopes: readonly [filter: Parameters<typeof listScope>[1], scope: ReturnType<typeof listScope>][] = [
    [{}, { isFromEverybody: true, author: 'ada', visibilities: ['private', 'unlisted'] }],
    [{ visibility: 'public' }, { isFromEverybody: true, author: 'ada', visibilities: [] }],
    [{ visibility: 'private' }, { isFromEverybody: false, author: 'ada', visibilities: ['private'] }],
    [
      { author: 'ada' },
      { isFromEverybody: false, author: 'ada', visibilities: ['private', 'unlisted', 'public'] },
    ],
    [{ author: 'bob' }, { isFromEverybody: false, author: 'bob', visibilities: ['public'] }],
    [
      { author: 'bob', visibility: 'unlisted' },
      { isFromEverybody: false, author: 'bob', visibilities: [] },
    ],
  ];
  for (const [filter, scope] of scopes) {
    test(`ada asking for ${JSON.stringify(filter)} sees no more than is hers to see`, () => {
      assert.deepEqual(listScope('ada', filter), scope);
    });
  }
});
