import { Client } from 'pg';
import { migrateUp } from '../../../scripts/migrations/migrate.ts';
import type { RunningPostgres } from '../../../scripts/postgres/start-postgres.ts';

const ROOT = new URL('../../../', import.meta.url);
const INGREDIENTS = 8;
const AUTHORS = 500;
/** How many recipes a `GET` chooses from. */
const READ_IDS = 500;

/** Ids of version 7, a thousandth of a second apart, as if they had been written one after another. */
const RECIPES = `
  INSERT INTO recipe.recipes (
    id, author, visibility, title, title_key, description, servings, prep_minutes, cook_minutes, tags, ingredient_names, steps,
    created_at, updated_at, version
  )
  SELECT
    uuidv7(make_interval(secs => (n - $1::integer) / 1000.0)), 'author-' || n % ${AUTHORS},
    (ARRAY['private', 'unlisted', 'public', 'public'])[1 + (n / ${AUTHORS}) % 4]::recipe.visibility,
    'Roasted tomato soup, variation ' || n, 'roasted tomato soup, variation ' || n,
    'The soup for the last ripe tomatoes of the year, with whatever the garden still has.',
    4, n % 60, n % 90, ARRAY['soup', 'tag-' || n % 10, 'rare-' || n % 1000],
    ARRAY(SELECT 'ingredient ' || position FROM generate_series(1, ${INGREDIENTS}) AS position),
    ARRAY['Roast the tomatoes for 30 minutes at 200 degrees.', 'Soften the onions in the butter.', 'Blend them with the stock.',
      'Simmer for 15 minutes and salt to taste.'],
    '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', '2026-06-01T00:00:00Z', 1
  FROM generate_series(1, $1::integer) AS n`;

const LINES = `
  INSERT INTO recipe.ingredients (recipe_id, position, name, quantity, unit, note)
  SELECT id, position, 'ingredient ' || position, position * 1.5, 'g', CASE WHEN position % 4 = 0 THEN 'finely chopped' END
  FROM recipe.recipes CROSS JOIN generate_series(1, ${INGREDIENTS}) AS position`;

/**
 * Migrates the database and stores recipes of eight ingredients in it, half of them public.
 *
 * @returns ids of public ones, from all of the table.
 */
export async function fill(postgres: RunningPostgres, recipes: number): Promise<readonly string[]> {
  await migrateUp({ url: postgres.url, root: ROOT.pathname, log: () => {} });
  const admin = new URL(postgres.adminUrl);
  admin.pathname = new URL(postgres.url).pathname;
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    await client.query(RECIPES, [recipes]);
    // That each line has its recipe is plain from the statement; looking each up again takes longer than all the rest.
    await client.query('SET session_replication_role = replica');
    await client.query(LINES);
    await client.query('VACUUM (ANALYZE) recipe.recipes, recipe.ingredients');
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM recipe.recipes WHERE visibility = 'public' ORDER BY md5(id::text) LIMIT ${READ_IDS}`,
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
