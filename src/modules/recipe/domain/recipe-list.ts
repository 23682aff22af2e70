import { totalMinutes, type Visibility } from './recipe-content.ts';
import type { RecipeSummary } from './recipe.ts';
import { titleKey } from './text.ts';

/** The order of a list; a minus is descending. Recipes with equal keys follow by id, in the same direction. */
export type RecipeSort = 'createdAt' | '-createdAt' | 'title' | 'totalMinutes';

/** A place in a sorted list: the sort key and the id of the last recipe before it. */
export interface ListPosition {
  /** `createdAt`: an instant in RFC 3339 to the millisecond; `title`: `titleKey`; `totalMinutes`: a number. */
  readonly key: string | number;
  readonly id: string;
}

/** Which recipes a list may hold at all: a union of disjoint slices. */
export interface ListScope {
  /** Public recipes of all authors. */
  readonly isFromEverybody: boolean;
  /** The author whose recipes of `visibilities` are listed as well. */
  readonly author: string;
  readonly visibilities: readonly Visibility[];
}

/** What a list is to hold. */
export interface RecipeListQuery {
  readonly scope: ListScope;
  /** Every word begins a word of the recipe; absent for no search. */
  readonly words?: string;
  /** Normal forms; the recipe has them all. */
  readonly tags: readonly string[];
  readonly maxTotalMinutes?: number;
  readonly sort: RecipeSort;
  /** Absent for the beginning. */
  readonly after?: ListPosition;
  /** Most recipes to give. */
  readonly count: number;
}

/**
 * What a reader may see of what was asked for: public recipes of everybody and all of the reader's own. Another person's unlisted
 * recipes are in no list.
 */
export function listScope(
  reader: string,
  filter: { readonly author?: string; readonly visibility?: Visibility },
): ListScope {
  const { author, visibility } = filter;
  const wanted: readonly Visibility[] =
    visibility === undefined ? ['private', 'unlisted', 'public'] : [visibility];
  const notPublic = wanted.filter((each) => each !== 'public');
  if (author === undefined) {
    return { isFromEverybody: wanted.includes('public'), author: reader, visibilities: notPublic };
  }
  const visibilities = author === reader ? wanted : wanted.filter((each) => each === 'public');
  return { isFromEverybody: false, author, visibilities };
}

const SORT_KEYS: Record<RecipeSort, (recipe: RecipeSummary) => string | number> = {
  createdAt: (recipe) => recipe.createdAt.toISOString(),
  '-createdAt': (recipe) => recipe.createdAt.toISOString(),
  title: (recipe) => titleKey(recipe.title),
  totalMinutes: (recipe) => totalMinutes(recipe),
};

/** Where a recipe stands in a list of this order. */
export function listPosition(recipe: RecipeSummary, sort: RecipeSort): ListPosition {
  return { key: SORT_KEYS[sort](recipe), id: recipe.id };
}
