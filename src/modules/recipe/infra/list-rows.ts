import {
  listRecipesByCreatedAt,
  listRecipesByCreatedAtDescending,
  listRecipesByTitle,
  listRecipesByTotalMinutes,
} from '#generated/recipe/queries/recipe-lists.ts';
import {
  listFoundRecipesByCreatedAt,
  listFoundRecipesByCreatedAtDescending,
  listFoundRecipesByTitle,
  listFoundRecipesByTotalMinutes,
} from '#generated/recipe/queries/recipe-searches.ts';
import type { Queryable } from '#kernel/database/database.ts';
import type { RecipeListQuery, RecipeSort } from '../domain/recipe-list.ts';
import type { SummaryRow } from './recipe-row.ts';

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** No recipe takes longer: each of its two times is at most 43,200 minutes. */
const HIGHEST_TOTAL_MINUTES = 86_400;

/** Before the first recipe of each order. A position is always given, so that every plan can seek to it. */
const BEGINNINGS = {
  createdAt: { key: '-infinity', id: LOWEST_ID },
  '-createdAt': { key: 'infinity', id: HIGHEST_ID },
  title: { key: '', id: LOWEST_ID },
  totalMinutes: { key: -1, id: LOWEST_ID },
} as const satisfies Record<RecipeSort, { readonly key: string | number; readonly id: string }>;

/**
 * The rows of a list. Each sort order has its own query, and one more for searches: with words or tags the planner weighs the index of
 * the words against the index of the order, without them there is only the latter.
 */
export async function listRows(query: RecipeListQuery, database: Queryable): Promise<SummaryRow[]> {
  const { scope, sort, after = BEGINNINGS[sort], words = '', tags } = query;
  const list = {
    isFromEverybody: scope.isFromEverybody,
    author: scope.author,
    visibilities: [...scope.visibilities],
    maxTotalMinutes: query.maxTotalMinutes ?? HIGHEST_TOTAL_MINUTES,
    count: query.count,
    id: after.id,
  };
  const search = { words, tags: [...tags] };
  const isSearch = words !== '' || tags.length > 0;
  switch (sort) {
    case 'createdAt': {
      const position = { createdAt: String(after.key) };
      return isSearch
        ? listFoundRecipesByCreatedAt.run({ ...list, ...position, ...search }, database)
        : listRecipesByCreatedAt.run({ ...list, ...position }, database);
    }
    case '-createdAt': {
      const position = { createdAt: String(after.key) };
      return isSearch
        ? listFoundRecipesByCreatedAtDescending.run({ ...list, ...position, ...search }, database)
        : listRecipesByCreatedAtDescending.run({ ...list, ...position }, database);
    }
    case 'title': {
      const position = { titleKey: String(after.key) };
      return isSearch
        ? listFoundRecipesByTitle.run({ ...list, ...position, ...search }, database)
        : listRecipesByTitle.run({ ...list, ...position }, database);
    }
    case 'totalMinutes': {
      const position = { totalMinutes: Number(after.key) };
      return isSearch
        ? listFoundRecipesByTotalMinutes.run({ ...list, ...position, ...search }, database)
        : listRecipesByTotalMinutes.run({ ...list, ...position }, database);
    }
  }
}
