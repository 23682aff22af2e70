import type { Database } from '#kernel/database/database.ts';

/** How many recipes `fillRecipes` stores. */
export const RECIPE_COUNT = 100_000;

const BATCH = 10_000;

/**
 * Stores a hundred thousand recipes of 500 authors, half of them public, a thousand in each millisecond. Every one has the word
 * `common`, one in 2,000 the word `seldom7` (and so on), one in ten the tag `tag-1`, one in a thousand the tag `rare-1`.
 */
export async function fillRecipes(database: Database): Promise<void> {
  for (let from = 1; from <= RECIPE_COUNT; from += BATCH) {
    await database.query(
      `INSERT INTO recipe.recipes (
        id, author, visibility, title, title_key, description, servings, prep_minutes, cook_minutes, tags,
        ingredient_names, steps, created_at, updated_at, version
      )
      SELECT
        md5(n::text)::uuid, 'author-' || n % 500,
        (ARRAY['private', 'unlisted', 'public', 'public'])[1 + (n / 500) % 4]::recipe.visibility,
        'Recipe ' || n, 'recipe ' || lpad((n * 7919 % 100003)::text, 6, '0'), 'common words of a description',
        4, n % 60, n % 90, ARRAY['tag-' || n % 10, 'rare-' || n % 1000],
        ARRAY['salt', 'seldom' || n % 2000], ARRAY['Do it.'],
        '2026-01-01T00:00:00Z'::timestamptz + (n / 1000) * interval '1 millisecond', '2026-02-01T00:00:00Z', 1
      FROM generate_series($1::integer, $2::integer) AS n`,
      [from, from + BATCH - 1],
    );
  }
  await database.query('VACUUM (ANALYZE) recipe.recipes');
}
