/** What hooks make of the factories; the compiler is the test. */
import { useInfiniteQuery, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';

import { isErrorOf } from '../runtime/unwrap.ts';
import { getRecipe, updateRecipe } from '../generated/recipe/operations.ts';
import type { Recipe } from '../generated/recipe/schemas.ts';
import {
  getRecipeQuery,
  listRecipesInfiniteQuery,
  listRecipesQuery,
  updateRecipeMutation,
} from '../generated/recipe/react.ts';

export function useTypes(): void {
  const { data, error } = useQuery(getRecipeQuery({ recipeId: 'a' }));
  data satisfies { readonly data: Recipe; readonly headers: { readonly etag: string } } | undefined;
  if (error && isErrorOf(getRecipe, error)) {
    error.status satisfies 304 | 400 | 401 | 404 | 406 | 429 | 500 | 503;
    // @ts-expect-error -- the contract has no such status
    error.status satisfies 200;
  }
  useSuspenseQuery(getRecipeQuery({ recipeId: 'a' })).data.data.title satisfies string;
  useQuery({ ...getRecipeQuery({ recipeId: 'a' }), select: (read) => read.data.title }).data satisfies
    | string
    | undefined;
  useQuery({ ...getRecipeQuery({ recipeId: 'a' }), enabled: false });
  // @ts-expect-error -- a recipe has an id
  useQuery(getRecipeQuery());
  useQuery(listRecipesQuery());
  // @ts-expect-error -- no such parameter
  useQuery(listRecipesQuery({ tags: [] }));

  const list = useInfiniteQuery(listRecipesInfiniteQuery());
  list.data?.pages.flatMap(({ items }) => items).map(({ title }) => title) satisfies string[] | undefined;

  const update = useMutation(updateRecipeMutation());
  update.mutate({ recipeId: 'a', body: { title: 'Soup' }, 'if-match': '"v1"' });
  // @ts-expect-error -- no such member of a recipe
  update.mutate({ recipeId: 'a', body: { name: 'Soup' } });
  if (isErrorOf(updateRecipe, update.error) && update.error.status === 412) {
    update.error.body.requestId satisfies string | undefined;
  }
  useMutation({
    ...updateRecipeMutation(),
    onError: (failure, { recipeId }) => [failure.attempts satisfies number, recipeId satisfies string],
  });
}
