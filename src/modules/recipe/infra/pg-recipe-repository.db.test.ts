import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createTestDatabase, truncateSchema } from '#tests/kit/database.ts';
import { testRecipeRepository } from '../testing/recipe-repository-suite.ts';
import { sampleRecipe } from '../testing/sample-recipes.ts';
import { PgRecipeRepository } from './pg-recipe-repository.ts';

suite('PgRecipeRepository', async () => {
  // A thousand inserts at once wait for five connections: longer than a request may, on a busy machine.
  const db = await createTestDatabase({ acquireTimeoutMs: 60_000 });
  after(async () => db[Symbol.asyncDispose]());
  const recipes = new PgRecipeRepository(db.database);

  testRecipeRepository(async () => {
    await truncateSchema(db.database, 'recipe');
    return recipes;
  });

  test('counts tags of changed and of deleted rows down to nothing', async () => {
    await truncateSchema(db.database, 'recipe');
    for (const visibility of ['private', 'unlisted', 'public'] as const) {
      await recipes.insert(sampleRecipe({ visibility, tags: ['a', 'b'] }));
    }
    await db.database.query(`UPDATE recipe.recipes SET tags = ARRAY['b', 'c'], visibility = 'private'`);
    const { rows } = await db.database.query(
      'SELECT author, tag, recipes FROM recipe.tag_counts ORDER BY 1, 2',
    );
    assert.deepEqual(rows, [
      { author: 'ada', tag: 'b', recipes: 3 },
      { author: 'ada', tag: 'c', recipes: 3 },
    ]);
    await db.database.query('DELETE FROM recipe.recipes');
    const left = await db.database.query('SELECT * FROM recipe.tag_counts');
    assert.deepEqual(left.rows, []);
  });

  test('writers of recipes with the same tags, in any order, do not lock each other out', async () => {
    await truncateSchema(db.database, 'recipe');
    const tags = ['a', 'b', 'c', 'd', 'e', 'f'];
    const stored = Array.from({ length: 30 }, (_, index) =>
      sampleRecipe({ tags: index % 2 === 0 ? tags : tags.toReversed() }),
    );
    await Promise.all(stored.map(async (recipe) => recipes.insert(recipe)));
    await Promise.all(
      stored.map(async ({ id }, index) =>
        recipes.update(id, (recipe) => {
          assert.ok(recipe !== undefined);
          return { ...recipe, tags: index % 2 === 0 ? ['z', 'a'] : ['a', 'z'], version: recipe.version + 1 };
        }),
      ),
    );
    assert.deepEqual(await recipes.countTags({ reader: 'bob', prefix: '', count: 10 }), [
      { tag: 'a', recipes: 30 },
      { tag: 'z', recipes: 30 },
    ]);
    await Promise.all(
      stored.map(async ({ id }, index) =>
        index % 2 === 0
          ? recipes.remove(id, (recipe) => recipe ?? sampleRecipe())
          : recipes.insert(sampleRecipe({ tags: ['z', 'b'] })),
      ),
    );
    assert.deepEqual(await recipes.countTags({ reader: 'bob', prefix: '', count: 10 }), [
      { tag: 'z', recipes: 30 },
      { tag: 'a', recipes: 15 },
      { tag: 'b', recipes: 15 },
    ]);
  });

  test('keeps the instant that the application gave, to the millisecond, in any time zone', async () => {
    const now = new Date('2026-03-29T01:30:00.999Z');
    const recipe = sampleRecipe({ now });
    await recipes.insert(recipe);
    assert.equal((await recipes.find(recipe.id))?.createdAt.toISOString(), now.toISOString());
  });
});
