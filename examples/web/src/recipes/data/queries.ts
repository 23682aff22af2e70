import {
  ApiError,
  getRecipe,
  isErrorOf,
  type Recipe,
  type RecipeTagList,
  type ScaledRecipe,
} from '@chompardo/sdk';
import {
  getRecipeQuery,
  getScaledRecipeQuery,
  listRecipesInfiniteQuery,
  listRecipeTagsQuery,
} from '@chompardo/sdk/react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { call, signedIn } from '../../app/api.ts';
import { useUserId } from '../../identity/session.ts';
import { toListParams, type Filters } from '../list/filters.ts';
import { useOptimisticChanges, withChange } from './optimistic.ts';

/** A recipe, and the entity tag of the version that it is. */
export interface VersionedRecipe {
  readonly recipe: Recipe;
  readonly etag: string;
}

/** How far a page is with its recipe. */
export type RecipeState =
  | { readonly kind: 'loading' }
  /** There is none, or none that the user may see. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly retry: () => void }
  /** While the user's own change is under way, the recipe has it already, and the entity tag is that of before. */
  | { readonly kind: 'ready'; readonly current: VersionedRecipe; readonly isSaving: boolean };

const PAGE_SIZE = 12;
/** Anything else is no recipe's id, so the API need not be asked. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The recipes that pass the filters, page by page. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the type is the SDK's and the cache's, and long
export function useRecipes(filters: Filters) {
  const userId = useUserId();
  const options = listRecipesInfiniteQuery({ ...toListParams(filters, userId), limit: PAGE_SIZE });
  return useInfiniteQuery({
    ...options,
    queryFn: signedIn(options.queryFn),
    placeholderData: keepPreviousData,
  });
}

/** The most used tags; undefined until they are there. */
export function useTags(): RecipeTagList | undefined {
  const options = listRecipeTagsQuery({ limit: 24 });
  return useQuery({ ...options, queryFn: signedIn(options.queryFn) }).data?.data;
}

/** One recipe, as the user wants it. */
export function useRecipe(recipeId: string): RecipeState {
  const isId = UUID.test(recipeId);
  const change = useOptimisticChanges().get(recipeId);
  const options = getRecipeQuery({ recipeId });
  const { data, error, refetch } = useQuery({
    ...options,
    queryFn: signedIn(options.queryFn),
    enabled: isId,
  });
  if (!isId || (isErrorOf(getRecipe, error) && error.status === 404)) return { kind: 'missing' };
  if (data) {
    const current = { recipe: withChange(data.data, change), etag: data.headers.etag };
    return { kind: 'ready', current, isSaving: change !== undefined };
  }
  return error === null ? { kind: 'loading' } : { kind: 'failed', retry: () => void refetch() };
}

/** One recipe as it is now; `null` when it is gone. */
export async function readRecipe(recipeId: string, signal?: AbortSignal): Promise<VersionedRecipe | null> {
  const result = await call(() => getRecipe({ recipeId }, { signal }));
  if (result.status === 200) return { recipe: result.data, etag: result.headers.etag };
  if (result.status === 404) return null;
  throw new ApiError(result);
}

/** The ingredients for other servings, as the API scales them; undefined until they are there. */
export function useScaledRecipe(recipeId: string, servings: number): ScaledRecipe | undefined {
  const options = getScaledRecipeQuery({ recipeId, servings });
  const { data } = useQuery({ ...options, queryFn: signedIn(options.queryFn), staleTime: 60_000 });
  return data?.data;
}
