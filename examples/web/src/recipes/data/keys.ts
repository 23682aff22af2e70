import {
  getRecipeQuery,
  getScaledRecipeQuery,
  listRecipesInfiniteQuery,
  listRecipeTagsQuery,
} from '@chompardo/sdk/react';

/** Names of what is cached, from the general to the particular; most are the SDK's own. */
export const keys = {
  lists: listRecipesInfiniteQuery.key,
  tags: listRecipeTagsQuery.key,
  one: (recipeId: string) => getRecipeQuery({ recipeId }).queryKey,
  scaled: getScaledRecipeQuery.key,
  /** Of mutations: a change of this recipe is under way. */
  saving: (recipeId: string) => ['saving', recipeId],
} as const;
