import type { Page, RecipePage, RecipeSummary } from '@chompardo/sdk';
import type { Cursor } from '@chompardo/sdk/react';
import type { InfiniteData } from '@tanstack/react-query';

import { queryClient } from '../../app/query-client.ts';
import { keys } from './keys.ts';
import type { VersionedRecipe } from './queries.ts';

type Pages = InfiniteData<Page<RecipeSummary, RecipePage>, Cursor>;

/** Puts what the API has stored into the cache, so that it is shown at once; what depends on it is read again. */
export function cacheSaved({ recipe, etag }: VersionedRecipe): void {
  queryClient.setQueryData(keys.one(recipe.id), { data: recipe, headers: { etag } });
  queryClient.setQueriesData<Pages>({ queryKey: keys.lists }, (list) => list && withRecipe(list, recipe));
  for (const queryKey of [keys.lists, keys.tags, keys.scaled]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}

function withRecipe(list: Pages, recipe: RecipeSummary): Pages {
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === recipe.id ? recipe : item)),
  }));
  return { ...list, pages };
}

/** Reads again what may have changed, or gone, behind the user's back. */
export function refetchRecipe(recipeId: string): void {
  for (const queryKey of [keys.one(recipeId), keys.lists, keys.tags]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}
