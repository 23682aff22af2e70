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
import { BOUNDS } from '#kernel/database/bounds.ts';
import type { Queryable } from '#kernel/database/database.ts';
import type { Visibility } from '../domain/recipe-content.ts';
import type { RecipeListQuery, RecipeSort } from '../domain/recipe-list.ts';
import type { SummaryRow } from './recipe-row.ts';

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

/** The queries of each order: for a whole list, and for one with words or tags. */
const QUERIES: Record<
  RecipeSort,
  {
    readonly list: (
      parameters: ListParameters,
      key: Key,
      database: Queryable,
    ) => Promise<readonly SummaryRow[]>;
    readonly search: (
      parameters: SearchParameters,
      key: Key,
      database: Queryable,
    ) => Promise<readonly SummaryRow[]>;
  }
> = {
  createdAt: {
    list: (list, key, database) => listRecipesByCreatedAt.run({ ...list, createdAt: `${key}` }, database),
    search: (list, key, database) =>
      listFoundRecipesByCreatedAt.run({ ...list, createdAt: `${key}` }, database),
  },
  '-createdAt': {
    list: (list, key, database) =>
      listRecipesByCreatedAtDescending.run({ ...list, createdAt: `${key}` }, database),
    search: (list, key, database) =>
      listFoundRecipesByCreatedAtDescending.run({ ...list, createdAt: `${key}` }, database),
  },
  title: {
    list: (list, key, database) => listRecipesByTitle.run({ ...list, titleKey: `${key}` }, database),
    search: (list, key, database) => listFoundRecipesByTitle.run({ ...list, titleKey: `${key}` }, database),
  },
  totalMinutes: {
    list: (list, key, database) =>
      listRecipesByTotalMinutes.run({ ...list, totalMinutes: Number(key) }, database),
    search: (list, key, database) =>
      listFoundRecipesByTotalMinutes.run({ ...list, totalMinutes: Number(key) }, database),
  },
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
