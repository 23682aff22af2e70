import type { Recipe, RecipeContent } from '@chompardo/sdk';

/** What the author wrote of a recipe, without what the API adds. */
export function contentOf(recipe: Recipe): RecipeContent {
  const { title, description, servings, prepMinutes, cookMinutes, tags, ingredients, steps, visibility } =
    recipe;
  return { title, description, servings, prepMinutes, cookMinutes, tags, ingredients, steps, visibility };
}
