import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { RecipeContent } from '@chompardo/sdk';

import { resolveSdkSources } from '../../testing/sdk-sources.ts';

const SOUP: RecipeContent = {
  title: 'Soup',
  servings: 4,
  ingredients: [{ name: 'tomatoes', quantity: '1.5', unit: 'kg' }, { name: 'salt' }],
  steps: ['Cook.', 'Eat.'],
};

resolveSdkSources();
const { differences, merged } = await import('./differences.ts');

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
    assert.deepEqual(differences({ opened: SOUP, mine: SOUP, theirs: written }), []);
  });

  test('marks the lines that only one side has, and says who changed them', () => {
    const theirs = {
      ...SOUP,
      ingredients: [{ name: 'tomatoes', quantity: '2', unit: 'kg' }, { name: 'salt' }],
    };
    assert.deepEqual(differences({ opened: SOUP, mine: SOUP, theirs }), [
      {
        part: 'Ingredients',
        changedBy: 'them',
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

  test('notices another order, and times that read alike', () => {
    const found = differences({
      opened: SOUP,
      mine: { ...SOUP, cookMinutes: 1440 },
      theirs: { ...SOUP, cookMinutes: 1441, steps: ['Eat.', 'Cook.'] },
    });
    assert.deepEqual(
      found.map(({ part, changedBy }) => [part, changedBy]),
      [
        ['Cooking', 'both'],
        ['Method', 'them'],
      ],
    );
    assert.notDeepEqual(found[0]?.mine, found[0]?.theirs);
  });
});

suite('merged', () => {
  const mine = { ...SOUP, title: 'Red soup' };

  test('has what each side changed, and drops what a side dropped', () => {
    const opened = { ...SOUP, description: 'Good.', tags: ['soup'] };
    const both = merged({
      opened,
      mine: { ...opened, title: 'Red soup', description: '' },
      theirs: { ...opened, servings: 6, tags: [] },
    });
    assert.deepEqual(both, {
      ...SOUP,
      title: 'Red soup',
      description: '',
      servings: 6,
      prepMinutes: 0,
      cookMinutes: 0,
      tags: [],
      visibility: 'private',
    });
  });

  test('is not to be had when both changed the same part, nor when nothing differs', () => {
    assert.equal(merged({ opened: SOUP, mine, theirs: { ...SOUP, title: 'Hot soup' } }), undefined);
    assert.equal(merged({ opened: SOUP, mine, theirs: mine }), undefined);
  });
});
