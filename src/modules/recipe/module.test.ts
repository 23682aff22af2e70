import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { InvalidRecipeError, InvalidRecipeFilterError, RecipeNotFoundError } from './domain/errors.ts';
import { createRecipeUseCases } from './module.ts';
import { CountingIds } from '#tests/kit/counting-ids.ts';
import { InMemoryRecipeRepository } from './testing/in-memory-recipe-repository.ts';
import { sampleDraft } from './testing/sample-recipes.ts';

function createUseCases(): ReturnType<typeof createRecipeUseCases> {
  let milliseconds = Date.UTC(2026, 0, 1);
  return createRecipeUseCases({
    recipes: new InMemoryRecipeRepository(),
    ids: new CountingIds(),
    clock: { now: () => new Date((milliseconds += 1000)) },
  });
}

suite('use cases of recipes', () => {
  test('a recipe is created, replaced, patched and deleted by its author', async () => {
    const recipes = createUseCases();
    const created = await recipes.createRecipe({ author: 'ada', draft: sampleDraft({ tags: ['A', 'a '] }) });
    assert.deepEqual(
      [created.version, created.author, created.visibility, created.tags],
      [1, 'ada', 'private', ['a']],
    );
    const change = { id: created.id, editor: 'ada' };
    const replaced = await recipes.replaceRecipe({ ...change, condition: [1], draft: sampleDraft() });
    assert.deepEqual([replaced.version, replaced.tags], [2, []]);
    const patched = await recipes.updateRecipe({ ...change, condition: 'any', patch: { title: 'New' } });
    assert.deepEqual([patched.version, patched.title], [3, 'New']);
    assert.ok(patched.updatedAt > patched.createdAt);
    await recipes.deleteRecipe({ ...change, condition: undefined });
    await assert.rejects(recipes.getRecipe({ id: created.id, reader: 'ada' }), RecipeNotFoundError);
  });

  test('a refused draft stores nothing', async () => {
    const recipes = createUseCases();
    await assert.rejects(
      recipes.createRecipe({ author: 'ada', draft: sampleDraft({ title: ' ' }) }),
      InvalidRecipeError,
    );
    assert.deepEqual(await recipes.listRecipes({ reader: 'ada', sort: 'title', limit: 10 }), { items: [] });
  });

  test('a page that is exactly full is the last one when nothing follows', async () => {
    const recipes = createUseCases();
    for (const title of ['a', 'b', 'c', 'd']) {
      await recipes.createRecipe({ author: 'ada', draft: sampleDraft({ title }) });
    }
    const list = { reader: 'ada', sort: 'title', limit: 2 } as const;
    const first = await recipes.listRecipes(list);
    assert.ok(first.next !== undefined);
    const second = await recipes.listRecipes({ ...list, after: first.next });
    assert.equal(second.next, undefined);
    assert.deepEqual(
      [...first.items, ...second.items].map(({ title }) => title),
      ['a', 'b', 'c', 'd'],
    );
  });

  test('tags are looked for as they are kept', async () => {
    const recipes = createUseCases();
    await recipes.createRecipe({ author: 'ada', draft: sampleDraft({ tags: ['Quick Soup'] }) });
    const list = { reader: 'ada', sort: 'title', limit: 2 } as const;
    assert.equal((await recipes.listRecipes({ ...list, tags: [' QUICK  soup'] })).items.length, 1);
    await assert.rejects(recipes.listRecipes({ ...list, tags: [' '] }), InvalidRecipeFilterError);
    assert.deepEqual(await recipes.listRecipeTags({ reader: 'ada', prefix: 'QU', limit: 5 }), [
      { tag: 'quick soup', recipes: 1 },
    ]);
  });
});
