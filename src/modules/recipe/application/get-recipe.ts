import type { RecipeRepository } from '../domain/recipe-repository.ts';
import { assertReadable, type Recipe } from '../domain/recipe.ts';

/** Gives a recipe that `reader` may see. @throws {RecipeNotFoundError} when there is none. */
export type GetRecipe = (input: { readonly id: string; readonly reader: string }) => Promise<Recipe>;

export function createGetRecipe(ports: { readonly recipes: RecipeRepository }): GetRecipe {
  return async ({ id, reader }) => assertReadable(await ports.recipes.find(id), reader);
}
