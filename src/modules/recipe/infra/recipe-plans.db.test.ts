import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { listTagCounts } from '#generated/recipe/queries/recipes.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import {
  listScope,
  type ListPosition,
  type RecipeListQuery,
  type RecipeSort,
} from '../domain/recipe-list.ts';
import { fillRecipes, RECIPE_COUNT } from '../testing/hundred-thousand-recipes.ts';
import { explain, type PlanMode, type QueryPlan } from '../testing/query-plan.ts';
import { listRows } from './list-rows.ts';

const PAGE = 21;

/** The indexes that hold each order, and a position in the middle of it. */
const ORDERS: Record<RecipeSort, { readonly index: string; readonly middle: ListPosition }> = {
  createdAt: { index: 'created_at', middle: middleAt('2026-01-01T00:00:00.050Z') },
  '-createdAt': { index: 'created_at', middle: middleAt('2026-01-01T00:00:00.050Z') },
  title: { index: 'title', middle: middleAt('recipe 050000') },
  totalMinutes: { index: 'total_minutes', middle: middleAt(74) },
};
const SORTS: readonly RecipeSort[] = ['createdAt', '-createdAt', 'title', 'totalMinutes'];
const MODES: readonly PlanMode[] = ['custom', 'generic'];

suite('plans of recipe lists over 100,000 recipes', async () => {
  const db = await createTestDatabase({ statementTimeoutMs: 60_000, queryTimeoutMs: 70_000 });
  after(async () => db[Symbol.asyncDispose]());

  before(async () => {
    await fillRecipes(db.database);
    const { rows } = await db.database.query('SELECT count(*) AS count FROM recipe.recipes');
    assert.deepEqual(rows, [{ count: RECIPE_COUNT }]);
  });

  const planOf = async (
    mode: PlanMode,
    sort: RecipeSort,
    filter: Partial<RecipeListQuery>,
  ): Promise<QueryPlan> => {
    const query = { scope: listScope('author-1', {}), tags: [], sort, count: PAGE, ...filter };
    const plan = await explain(db.database, mode, async (capture) => listRows(query, capture));
    for (const node of plan.nodes) {
      assert.notEqual(node['Node Type'], 'Seq Scan', 'nothing reads the whole table');
    }
    return plan;
  };

  for (const mode of MODES) {
    for (const sort of SORTS) {
      const { index, middle } = ORDERS[sort];
      const [ofEverybody, ofAuthor] = [`recipes_by_${index}`, `recipes_of_author_by_${index}`];

      test(`${mode} plan, ${sort}: a page reads a page's worth of its index, at the start and in the middle`, async () => {
        for (const position of [{}, { after: middle }]) {
          const plan = await planOf(mode, sort, position);
          assert.deepEqual(plan.indexes, [ofEverybody, ofAuthor, 'recipes_pkey'].toSorted());
          assert.ok(plan.examined <= 8 * PAGE, `${plan.examined} rows examined`);
          assert.ok(plan.sorted <= 3 * PAGE, `${plan.sorted} rows sorted`);
        }
      });

      test(`${mode} plan, ${sort}: filters by author and visibility read a page's worth of an index`, async () => {
        const filters = [{ author: 'author-1' }, { author: 'author-2' }, { visibility: 'private' }] as const;
        for (const filter of filters) {
          const plan = await planOf(mode, sort, { scope: listScope('author-1', filter) });
          assert.deepEqual(plan.indexes, [ofAuthor, 'recipes_pkey']);
          assert.ok(plan.examined <= 8 * PAGE, `${plan.examined} rows examined`);
        }
        const plan = await planOf(mode, sort, { scope: listScope('author-1', { visibility: 'public' }) });
        assert.deepEqual(plan.indexes, [ofEverybody, 'recipes_pkey']);
        assert.ok(plan.examined <= 8 * PAGE, `${plan.examined} rows examined`);
      });

      test(`${mode} plan, ${sort}: the filter by time is decided in an index`, async () => {
        const plan = await planOf(mode, sort, { maxTotalMinutes: 1 });
        const allowed = [
          ofEverybody,
          ofAuthor,
          'recipes_by_total_minutes',
          'recipes_of_author_by_total_minutes',
        ];
        for (const used of plan.indexes) {
          assert.ok([...allowed, 'recipes_pkey'].includes(used), used);
        }
        const fetched = plan.nodes.filter((node) => node['Node Type'] === 'Index Scan');
        for (const node of fetched) {
          assert.equal(node['Rows Removed by Filter'] ?? 0, 0, 'no row is fetched only to be left out');
        }
        assert.ok(plan.sorted <= RECIPE_COUNT / 100, `${plan.sorted} rows sorted`);
      });

      test(`${mode} plan, ${sort}: words and tags are looked up in the index of the search`, async () => {
        const searches = [
          { words: 'seldom1999' },
          { tags: ['tag-1', 'rare-1'] },
          { words: 'common', tags: ['rare-1'] },
          { words: 'absent' },
        ];
        for (const search of searches) {
          const plan = await planOf(mode, sort, search);
          assert.ok(plan.indexes.includes('recipes_by_search'), plan.indexes.join(', '));
          assert.ok(
            plan.examined <= RECIPE_COUNT / 100,
            `${JSON.stringify(search)}: ${plan.examined} rows examined`,
          );
          assert.ok(plan.sorted <= RECIPE_COUNT / 100, `${plan.sorted} rows sorted`);
        }
      });
    }
  }

  for (const sort of SORTS) {
    test(`${sort}: a word that every recipe has is filtered along the index of the order`, async () => {
      const plan = await planOf('custom', sort, { words: 'common' });
      assert.ok(plan.indexes.includes(`recipes_by_${ORDERS[sort].index}`), plan.indexes.join(', '));
      assert.ok(plan.examined <= 40 * PAGE, `${plan.examined} rows examined`);
    });
  }

  test('tags are counted by reading counters, not recipes', async () => {
    const plan = await explain(db.database, 'generic', async (capture) =>
      listTagCounts.run({ author: 'author-1', prefix: '', count: 100 }, capture),
    );
    for (const node of plan.nodes) {
      assert.notEqual(node['Relation Name'], 'recipes');
    }
  });
});

function middleAt(key: string | number): ListPosition {
  return { key, id: '80000000-0000-0000-0000-000000000000' };
}
