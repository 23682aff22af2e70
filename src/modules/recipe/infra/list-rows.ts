import {
  listFoundRecipesByCreatedAt,
  listFoundRecipesByCreatedAtDescending,
  listFoundRecipesByTitle,
  listFoundRecipesByTotalMinutes,
  listRecipesByCreatedAt,
  listRecipesByCreatedAtDescending,
  listRecipesByTitle,
  listRecipesByTotalMinutes,
  type ListRecipesByTitleResult,
} from '#generated/recipe/queries/recipe-lists.ts';
import { BOUNDS } from '#kernel/database/bounds.ts';
import type { Queryable } from '#kernel/database/database.ts';
import type { Query } from '#kernel/database/query.ts';
import type { Visibility } from '../domain/recipe-content.ts';
import type { RecipeListQuery, RecipeSort } from '../domain/recipe-list.ts';

/** A row of a list; the queries of all sort orders give the same columns. */
export type SummaryRow = ListRecipesByTitleResult;

/** No recipe takes longer: each of its two times is at most 43,200 minutes. */
const HIGHEST_TOTAL_MINUTES = 86_400;

/** Before the first recipe of each order. A position is always given, so that every plan can seek to it. */
const BEGINNINGS = {
  createdAt: { key: BOUNDS.timestamptz.lowest, id: BOUNDS.uuid.lowest },
  '-createdAt': { key: BOUNDS.timestamptz.highest, id: BOUNDS.uuid.highest },
  title: { key: BOUNDS.text.lowest, id: BOUNDS.uuid.lowest },
  totalMinutes: { key: -1, id: BOUNDS.uuid.lowest },
} as const satisfies Record<RecipeSort, { readonly key: string | number; readonly id: string }>;

/** What every list query takes but its position. */
interface ListParameters {
  readonly isFromEverybody: boolean;
  readonly author: string;
  readonly visibilities: Visibility[];
  readonly maxTotalMinutes: number;
  readonly count: number;
  readonly id: string;
}

interface SearchParameters extends ListParameters {
  readonly words: string;
  readonly tags: string[];
}

type Key = string | number;

/** Runs the query of an order: for a whole list, or for one with words or tags. */
interface OrderedQueries {
  list(parameters: ListParameters, key: Key, database: Queryable): Promise<readonly SummaryRow[]>;
  search(parameters: SearchParameters, key: Key, database: Queryable): Promise<readonly SummaryRow[]>;
}

function ordered<K>(
  toKey: (key: Key) => K,
  list: Query<ListParameters & { key: K }, readonly SummaryRow[]>,
  search: Query<SearchParameters & { key: K }, readonly SummaryRow[]>,
): OrderedQueries {
  return {
    list: (parameters, key, database) => list.run({ ...parameters, key: toKey(key) }, database),
    search: (parameters, key, database) => search.run({ ...parameters, key: toKey(key) }, database),
  };
}

const QUERIES: Record<RecipeSort, OrderedQueries> = {
  createdAt: ordered(String, listRecipesByCreatedAt, listFoundRecipesByCreatedAt),
  '-createdAt': ordered(String, listRecipesByCreatedAtDescending, listFoundRecipesByCreatedAtDescending),
  title: ordered(String, listRecipesByTitle, listFoundRecipesByTitle),
  totalMinutes: ordered(Number, listRecipesByTotalMinutes, listFoundRecipesByTotalMinutes),
};

/**
 * The rows of a list. With words or tags the planner weighs the index of the words against the index of the order; without them
 * there is only the latter, so that each order has two queries.
 */
export async function listRows(query: RecipeListQuery, database: Queryable): Promise<readonly SummaryRow[]> {
  const { scope, sort, words = '', tags } = query;
  const after = query.after ?? BEGINNINGS[sort];
  const list = {
    isFromEverybody: scope.isFromEverybody,
    author: scope.author,
    visibilities: [...scope.visibilities],
    maxTotalMinutes: query.maxTotalMinutes ?? HIGHEST_TOTAL_MINUTES,
    count: query.count,
    id: after.id,
  };
  if (words === '' && tags.length === 0) {
    return QUERIES[sort].list(list, after.key, database);
  }
  return QUERIES[sort].search({ ...list, words, tags: [...tags] }, after.key, database);
}
