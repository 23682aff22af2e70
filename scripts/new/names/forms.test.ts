import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf, pluralOf, singularOf, toKebab } from './forms.ts';
import { rename } from './rename.ts';

suite('the forms of a name', () => {
  test('stand for files, code, SQL and sentences', () => {
    assert.deepEqual(formsOf('meal-plan'), {
      kebab: 'meal-plan',
      camel: 'mealPlan',
      pascal: 'MealPlan',
      snake: 'meal_plan',
      words: 'meal plan',
      sentence: 'Meal plan',
    });
  });

  test('come of any spelling', () => {
    for (const text of ['mealPlan', 'MealPlan', 'meal_plan', 'Meal Plan', ' meal--plan ', '1meal-plan']) {
      assert.equal(toKebab(text), 'meal-plan', text);
    }
    assert.equal(toKebab('!?'), '');
  });

  const plurals: readonly (readonly [one: string, many: string])[] = [
    ['jar', 'jars'],
    ['pantry', 'pantries'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['dish', 'dishes'],
    ['meal-plan', 'meal-plans'],
    ['house', 'houses'],
    ['recipe', 'recipes'],
    ['bus', 'buses'],
    ['class', 'classes'],
    ['movie', 'movies'],
  ];
  for (const [one, many] of plurals) {
    test(`${one}, ${many}`, () => {
      assert.equal(pluralOf(one), many);
      assert.equal(pluralOf(singularOf(many) ?? ''), many);
      assert.equal(singularOf(one), undefined);
    });
  }
});

suite('a name in the text of the template', () => {
  const names = { module: formsOf('larder'), resource: formsOf('egg-box'), plural: formsOf('egg-boxes') };

  test('is replaced in its form, the article with it', () => {
    const renamed: Readonly<Record<string, string>> = {
      'createStoreRoomModule({ database })': 'createLarderModule({ database })',
      'listStoredThings, storedThingId': 'listEggBoxes, eggBoxId',
      'store_room.stored_things_of_owner': 'larder.egg_boxes_of_owner',
      'src/modules/store-room/domain/stored-thing.ts': 'src/modules/larder/domain/egg-box.ts',
      'A stored thing is a stored thing.': 'An egg box is an egg box.',
      'Stored things of a store room.': 'Egg boxes of a larder.',
    };
    for (const [text, expected] of Object.entries(renamed)) assert.equal(rename(text, names), expected);
  });

  test('is replaced once: what it became is not read again', () => {
    const swapped = {
      module: formsOf('stored-thing'),
      resource: formsOf('store-room'),
      plural: formsOf('store-rooms'),
    };
    assert.equal(rename('StoreRoom of StoredThing', swapped), 'StoredThing of StoreRoom');
  });
});
