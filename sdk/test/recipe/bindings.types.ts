/** What must compile, and what must not, of the composables that orval prints; the other frameworks have the same types. */
import { getRecipe, isErrorOf } from '../../src/index.ts';
import type { ApiError } from '../../src/runtime/errors.ts';
import { useGetRecipe, useUpdateRecipe } from '../../src/vue/index.ts';

export function composables(): void {
  const { data, error } = useGetRecipe('a');
  data.value?.status satisfies 200 | undefined;
  data.value?.data.title satisfies string | undefined;
  data.value?.headers['etag'] satisfies string | undefined;
  // @ts-expect-error -- no such member of a recipe
  data.value?.data.name satisfies unknown;
  if (isErrorOf(getRecipe, error.value)) {
    error.value satisfies ApiError;
    if (error.value.status === 404) error.value.body.title satisfies string;
    // @ts-expect-error -- the contract has no such status
    if (error.value.status === 409) return;
  }

  const update = useUpdateRecipe();
  update.mutate({ recipeId: 'a', data: { title: 'Soup' }, headers: { 'If-Match': '"v1"' } });
  // @ts-expect-error -- no such member of a recipe
  update.mutate({ recipeId: 'a', data: { name: 'Soup' } });
  // @ts-expect-error -- no such header
  update.mutate({ recipeId: 'a', data: { title: 'Soup' }, headers: { 'If-Later': '"v1"' } });
}
