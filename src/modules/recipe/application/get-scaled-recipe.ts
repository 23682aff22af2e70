import type { RecipeRepository } from '../domain/recipe-repository.ts';
import { assertReadable } from '../domain/recipe.ts';
import { scaleRecipe, type ScaledRecipe } from '../domain/scaled-recipe.ts';

/** Gives a recipe's ingredients for other servings. @throws {RecipeNotFoundError} when `reader` may see no such recipe. */
export type GetScaledRecipe = (input: {
  readonly id: string;
  readonly reader: string;
  readonly servings: number;
}) => Promise<ScaledRecipe>;

export function createGetScaledRecipe(ports: { readonly recipes: RecipeRepository }): GetScaledRecipe {
  return async ({ id, reader, servings }) =>
    scaleRecipe(assertReadable(await ports.recipes.find(id), reader), servings);
}
