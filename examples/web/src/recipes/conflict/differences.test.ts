import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { RecipeContent } from '@chompardo/sdk';

import { differences } from './differences.ts';

const SOUP: RecipeContent = {
  title: 'Soup',
  servings: 4,
  ingredients: [{ name: 'tomatoes', quantity: '1.5', unit: 'kg' }, { name: 'salt' }],
  steps: ['Cook.', 'Eat.'],
};

suite('differences', () => {
  test('finds none between a recipe and itself with its defaults written out', () => {
    const written = {
      ...SOUP,
      description: '',
      prepMinutes: 0,
      cookMinutes: 0,
      tags: [],
      visibility: 'private',
    } as const;
    assert.deepEqual(differences(SOUP, written), []);
  });

  test('marks the lines that only one side has', () => {
    const theirs = {
      ...SOUP,
      ingredients: [{ name: 'tomatoes', quantity: '2', unit: 'kg' }, { name: 'salt' }],
    };
    assert.deepEqual(differences(SOUP, theirs), [
      {
        part: 'Ingredients',
        mine: [
          { text: '1.5 kg tomatoes', isOnlyHere: true },
          { text: 'salt', isOnlyHere: false },
        ],
        theirs: [
          { text: '2 kg tomatoes', isOnlyHere: true },
          { text: 'salt', isOnlyHere: false },
        ],
      },
    ]);
  });

  test('notices another order', () => {
    const found = differences(SOUP, { ...SOUP, steps: ['Eat.', 'Cook.'] });
    assert.deepEqual(
      found.map(({ part }) => part),
      ['Method'],
    );
  });
});
