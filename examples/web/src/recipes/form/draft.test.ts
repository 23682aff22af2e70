import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { resolveSdkSources } from '../../testing/sdk-sources.ts';

resolveSdkSources();
const { recipeContentDefaults } = await import('@chompardo/sdk/forms');
const { contentOfDraft, draftOf, emptyDraft, emptyIngredient, withNewKeys } = await import('./draft.ts');

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

  test('sends what is no number as it was typed, so that the API says so with all else', () => {
    const typed = { ...emptyDraft(), servings: 'four', prepMinutes: '1h', cookMinutes: 'long' };
    const { servings, prepMinutes, cookMinutes } = contentOfDraft(typed);
    assert.deepEqual([servings, prepMinutes, cookMinutes], ['four', 60, 'long']);
  });

  test('takes the measure out of one field', () => {
    const pinch = { ...emptyIngredient(), quantity: 'a pinch', name: 'salt' };
    const { ingredients } = contentOfDraft({ ...emptyDraft(), ingredients: [pinch] });
    assert.deepEqual(ingredients, [{ name: 'salt', quantity: '1', unit: 'pinch' }]);
  });
});

test('a draft that was kept elsewhere gets keys that no row of this page has', () => {
  const kept = emptyDraft();
  const keys = withNewKeys(kept).ingredients.map(({ key }) => key);
  assert.equal(new Set([...keys, ...kept.ingredients.map(({ key }) => key)]).size, 2 * keys.length);
});
