import type { Filters } from '../list/filters.ts';

/** Names of what is cached, from the general to the particular. */
export const keys = {
  all: ['recipes'],
  lists: ['recipes', 'list'],
  list: (filters: Filters, userId: string | undefined) => ['recipes', 'list', { ...filters, userId }],
  tags: ['recipes', 'tags'],
  one: (recipeId: string) => ['recipes', 'one', recipeId],
  /** Of mutations: a change of this recipe is under way. */
  saving: (recipeId: string) => ['recipes', 'saving', recipeId],
  scaledOf: (recipeId: string) => ['recipes', 'scaled', recipeId],
  scaled: (recipeId: string, servings: number) => ['recipes', 'scaled', recipeId, servings],
} as const;
