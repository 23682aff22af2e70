import type { RecipeRepository } from '../domain/recipe-repository.ts';
import { assertEditable, type VersionCondition } from '../domain/recipe.ts';

/**
 * Deletes a recipe of `editor` for good; without a condition, whatever its version.
 *
 * @throws {RecipeNotFoundError} {@link NotRecipeAuthorError} {@link RecipeVersionMismatchError} as `assertEditable`.
 */
export type DeleteRecipe = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition | undefined;
}) => Promise<void>;

export function createDeleteRecipe(ports: { readonly recipes: RecipeRepository }): DeleteRecipe {
  return async ({ id, editor, condition }) => {
    await ports.recipes.remove(id, (recipe) => assertEditable(recipe, editor, condition ?? 'any'));
  };
}
