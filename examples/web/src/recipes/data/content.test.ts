import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { RecipeContent } from '@chompardo/sdk';

import { resolveSdkSources } from '../../testing/sdk-sources.ts';

const SOUP: RecipeContent = {
  title: 'Soup',
  servings: 4,
  ingredients: [{ name: 'tomatoes', quantity: '1.50', unit: 'kg' }, { name: 'salt' }],
  steps: ['Cook.'],
};

resolveSdkSources();
const { ingredientFields, recipeContentDefaults, recipeContentFields } = await import('@chompardo/sdk/forms');
const { canBeShown, isSameContent } = await import('./content.ts');

suite('isSameContent', () => {
  test('takes defaults for what they are, and the order of members for nothing', () => {
    const [, salt = { name: 'salt' }] = SOUP.ingredients;
    const other = {
      ...SOUP,
      ingredients: [{ unit: 'kg', quantity: '1.50', name: 'tomatoes' }, salt],
      ...recipeContentDefaults,
    };
    assert.equal(isSameContent(SOUP, other), true);
  });

  test('sees every member', () => {
    const changes: readonly Partial<RecipeContent>[] = [
      { title: 'Stew' },
      { description: 'Red.' },
      { servings: 5 },
      { prepMinutes: 1 },
      { cookMinutes: 1 },
      { tags: ['soup'] },
      { ingredients: [{ name: 'tomatoes', quantity: '1.5', unit: 'kg' }, { name: 'salt' }] },
      {
        ingredients: [
          { name: 'tomatoes', quantity: '1.50', unit: 'kg' },
          { name: 'salt', note: 'much' },
        ],
      },
      { steps: ['Cook.', 'Eat.'] },
      { visibility: 'public' },
    ];
    for (const change of changes) assert.equal(isSameContent(SOUP, { ...SOUP, ...change }), false);
  });
});

suite('canBeShown', () => {
  test('lets through what looks like a recipe, and keeps back what does not', () => {
    assert.equal(canBeShown(SOUP), true);
    const faults: readonly Partial<RecipeContent>[] = [
      { title: '' },
      { servings: Number.NaN },
      { servings: recipeContentFields.servings.min - 1 },
      { servings: 1.5 },
      { prepMinutes: Number.NaN },
      { prepMinutes: recipeContentFields.prepMinutes.min - 1 },
      { cookMinutes: recipeContentFields.cookMinutes.min - 1 },
      { ingredients: [{ name: '' }] },
      { ingredients: [{ name: 'salt', quantity: 'a bit' }] },
      { ingredients: [{ name: 'salt', quantity: '1'.repeat(ingredientFields.quantity.maxLength) }] },
      { steps: ['Cook.', ''] },
    ];
    for (const fault of faults) {
      assert.equal(canBeShown({ ...SOUP, ...fault }), false, JSON.stringify(fault));
    }
  });
});
