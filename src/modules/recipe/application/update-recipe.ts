import type { Clock } from '#kernel/domain/clock.ts';
import { patchRecipeContent, type RecipePatch } from '../domain/recipe-content.ts';
import type { RecipeRepository } from '../domain/recipe-repository.ts';
import {
  assertConditional,
  assertEditable,
  withContent,
  type Recipe,
  type VersionCondition,
} from '../domain/recipe.ts';

/**
 * Changes the parts of a recipe that a merge patch names.
 *
 * @throws {RecipeVersionRequiredError} without a condition.
 * @throws {RecipeNotFoundError} {@link NotRecipeAuthorError} {@link RecipeVersionMismatchError} as `assertEditable`.
 * @throws {InvalidRecipeError} when the result breaks a rule.
 */
export type UpdateRecipe = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition | undefined;
  readonly patch: RecipePatch;
}) => Promise<Recipe>;

export function createUpdateRecipe(ports: {
  readonly recipes: RecipeRepository;
  readonly clock: Clock;
}): UpdateRecipe {
  return async ({ id, editor, condition, patch }) => {
    const versions = assertConditional(condition);
    return ports.recipes.update(id, (recipe) => {
      const current = assertEditable(recipe, editor, versions);
      return withContent(current, patchRecipeContent(current, patch), ports.clock.now());
    });
  };
}
