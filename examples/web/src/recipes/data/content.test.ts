import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { RecipeContent } from '@chompardo/sdk';

import { canBeShown, isSameContent } from './content.ts';

const SOUP: RecipeContent = {
  title: 'Soup',
  servings: 4,
  ingredients: [{ name: 'tomatoes', quantity: '1.50', unit: 'kg' }, { name: 'salt' }],
  steps: ['Cook.'],
};

suite('isSameContent', () => {
  test('takes defaults for what they are, and the order of members for nothing', () => {
    const [, salt = { name: 'salt' }] = SOUP.ingredients;
    const other = {
      ...SOUP,
      ingredients: [{ unit: 'kg', quantity: '1.50', name: 'tomatoes' }, salt],
      description: '',
      prepMinutes: 0,
      cookMinutes: 0,
      tags: [],
      visibility: 'private',
    } as const;
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
      { servings: 0 },
      { servings: 1.5 },
      { prepMinutes: Number.NaN },
      { cookMinutes: -1 },
      { ingredients: [{ name: '' }] },
      { ingredients: [{ name: 'salt', quantity: 'a bit' }] },
      { steps: ['Cook.', ''] },
    ];
    for (const fault of faults) {
      assert.equal(canBeShown({ ...SOUP, ...fault }), false, JSON.stringify(fault));
    }
  });
});
