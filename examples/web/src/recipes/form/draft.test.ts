import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { resolveSdkSources } from '../../testing/sdk-sources.ts';

resolveSdkSources();
const { recipeContentDefaults } = await import('@chompardo/sdk/forms');
const { contentOfDraft, draftOf, emptyDraft, emptyIngredient, toDecimal } = await import('./draft.ts');

suite('toDecimal', () => {
  test('reads commas, fractions and their signs', () => {
    const read = ['1.50', '1,5', '1/2', '1 1/2', '1½', '¾', ' 2 '].map(toDecimal);
    assert.deepEqual(read, ['1.50', '1.5', '0.5', '1.5', '1.5', '0.75', '2']);
  });

  test('leaves alone what no decimal says exactly', () => {
    assert.deepEqual(['1/3', '1/0', 'a bit'].map(toDecimal), ['1/3', '1/0', 'a bit']);
  });
});

suite('draftOf', () => {
  test('leaves fields of numbers empty where the API would take the same for nothing', () => {
    const soup = { title: 'Soup', servings: 4, ingredients: [{ name: 'salt' }], steps: ['Cook.'] };
    const { prepMinutes, cookMinutes, tags, visibility } = draftOf({ ...soup, cookMinutes: 5 });
    assert.deepEqual([prepMinutes, cookMinutes], ['', '5']);
    assert.deepEqual([tags, visibility], [recipeContentDefaults.tags, recipeContentDefaults.visibility]);
    assert.equal(emptyDraft().visibility, recipeContentDefaults.visibility);
  });
});

suite('contentOfDraft', () => {
  test('leaves out empty rows at the end only, so that pointers name the rows', () => {
    const salt = { ...emptyIngredient(), name: 'salt' };
    const { ingredients } = contentOfDraft({
      ...emptyDraft(),
      ingredients: [emptyIngredient(), salt, emptyIngredient()],
    });
    assert.deepEqual(ingredients, [{ name: '' }, { name: 'salt' }]);
  });

  test('keeps the first row of an empty list', () => {
    const { ingredients, steps } = contentOfDraft(emptyDraft());
    assert.deepEqual([ingredients, steps], [[{ name: '' }], ['']]);
  });
});
