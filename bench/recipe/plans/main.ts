import { fileURLToPath } from 'node:url';
import { createDatabase } from '../../../src/kernel/database/create-database.ts';
import {
  listScope,
  type RecipeListQuery,
  type RecipeSort,
} from '../../../src/modules/recipe/domain/recipe-list.ts';
import { PgRecipeRepository } from '../../../src/modules/recipe/infra/pg-recipe-repository.ts';
import { fillRecipes, RECIPE_COUNT } from '../../../src/modules/recipe/testing/hundred-thousand-recipes.ts';
import { migrateUp } from '../../../scripts/migrations/migrate.ts';
import { startThrowawayPostgres } from '../../../scripts/postgres/throwaway.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 100;
const SORTS: readonly RecipeSort[] = ['createdAt', '-createdAt', 'title', 'totalMinutes'];

const SHAPES: readonly [name: string, filter: Partial<RecipeListQuery>][] = [
  ['first page', {}],
  ['own recipes', { scope: listScope('author-1', { author: 'author-1' }) }],
  ["another's recipes", { scope: listScope('author-1', { author: 'author-2' }) }],
  ['within 1 minute', { maxTotalMinutes: 1 }],
  ['a rare word', { words: 'seldom1999' }],
  ['a word of 5 % of them', { words: 'seldom7' }],
  ['a word of all of them', { words: 'common' }],
  ['36 beginnings of words', { words: Array.from('abcdefghijklmnopqrstuvwxyz0123456789').join(' ') }],
  ['two tags', { tags: ['tag-1', 'rare-1'] }],
  ['a word and a tag', { words: 'common', tags: ['rare-1'] }],
];

/**
 * Prints how long each list and search takes over 100,000 recipes, prepared as the API prepares them: the median and the
 * slowest of 100 runs each, over one connection. `node bench/recipe/plans/main.ts`
 *
 * @returns the exit code.
 */
export async function main(): Promise<number> {
  const postgres = await startThrowawayPostgres();
  const database = createDatabase({
    url: postgres.url,
    poolSize: 1,
    statementTimeoutMs: 60_000,
    queryTimeoutMs: 70_000,
  });
  try {
    await migrateUp({ url: postgres.url, root: ROOT, log: () => {} });
    const started = performance.now();
    await fillRecipes(database);
    console.log(`${RECIPE_COUNT} recipes stored in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    const recipes = new PgRecipeRepository(database);
    console.log(
      `${'list'.padEnd(26)}${SORTS.map((sort) => sort.padStart(18)).join('')}   (median / slowest, ms)`,
    );
    for (const [name, filter] of SHAPES) {
      const cells: string[] = [];
      for (const sort of SORTS) {
        const query = { scope: listScope('author-1', {}), tags: [], sort, count: 21, ...filter };
        cells.push(await measure(async () => recipes.list(query)));
      }
      console.log(`${name.padEnd(26)}${cells.map((cell) => cell.padStart(18)).join('')}`);
    }
    const tags = await measure(async () => recipes.countTags({ reader: 'author-1', prefix: '', count: 100 }));
    console.log(`${'tags with counts'.padEnd(26)}${tags.padStart(18)}`);
    return 0;
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function measure(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  return `${(times[RUNS / 2] ?? 0).toFixed(1)} / ${(times.at(-1) ?? 0).toFixed(1)}`;
}

process.exitCode = await main();
