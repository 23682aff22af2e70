import {
  ApiError,
  getRecipe,
  getScaledRecipe,
  listRecipes,
  listRecipeTags,
  type Recipe,
  type RecipePage,
  type RecipeTagList,
  type ScaledRecipe,
} from '@chompardo/sdk';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';

import { call, read } from '../../app/api.ts';
import { useUserId } from '../../identity/session.ts';
import { toListParams, type Filters } from '../list/filters.ts';
import { keys } from './keys.ts';

/** A recipe, and the entity tag of the version that it is. */
export interface VersionedRecipe {
  readonly recipe: Recipe;
  readonly etag: string;
}

const PAGE_SIZE = 12;
/** The longest id is a UUID; anything else is no recipe's, so the API need not be asked. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The recipes that pass the filters, page by page. */
export function useRecipes(filters: Filters): UseInfiniteQueryResult<InfiniteData<RecipePage>> {
  const userId = useUserId();
  return useInfiniteQuery({
    queryKey: keys.list(filters, userId),
    queryFn: ({ pageParam, signal }) =>
      read(() =>
        listRecipes({ ...toListParams(filters, userId), limit: PAGE_SIZE, cursor: pageParam }, { signal }),
      ),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

function noCursor(): string | undefined {
  return undefined;
}

/** The most used tags. */
export function useTags(): UseQueryResult<RecipeTagList> {
  return useQuery({
    queryKey: keys.tags,
    queryFn: ({ signal }) => read(() => listRecipeTags({ limit: 24 }, { signal })),
  });
}

/** One recipe; `null` when there is none that the user may see. */
export function useRecipe(recipeId: string): UseQueryResult<VersionedRecipe | null> {
  return useQuery({
    queryKey: keys.one(recipeId),
    queryFn: ({ signal }) => (UUID.test(recipeId) ? readRecipe(recipeId, signal) : null),
  });
}

/** One recipe as it is now. */
export async function readRecipe(recipeId: string, signal?: AbortSignal): Promise<VersionedRecipe | null> {
  const result = await call(() => getRecipe({ recipeId }, { signal }));
  if (result.status === 200) return { recipe: result.data, etag: result.headers.etag };
  if (result.status === 404) return null;
  throw new ApiError(result);
}

/** The ingredients for other servings; those before stay until they are there. */
export function useScaledRecipe(recipeId: string, servings: number): UseQueryResult<ScaledRecipe> {
  return useQuery({
    queryKey: keys.scaled(recipeId, servings),
    queryFn: ({ signal }) => read(() => getScaledRecipe({ recipeId, servings }, { signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
