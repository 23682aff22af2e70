import {
  getRecipeQuery,
  getScaledRecipeQuery,
  listRecipesInfiniteQuery,
  listRecipeTagsQuery,
} from '@chompardo/sdk/react';

/** Names of what is cached: the SDK's own, from the general to the particular. */
export const keys = {
  lists: listRecipesInfiniteQuery.key,
  tags: listRecipeTagsQuery.key,
  one: (recipeId: string) => getRecipeQuery({ recipeId }).queryKey,
  scaled: getScaledRecipeQuery.key,
} as const;
