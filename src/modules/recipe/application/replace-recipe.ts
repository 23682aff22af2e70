import type { Clock } from '#kernel/domain/clock.ts';
import { toRecipeContent, type RecipeDraft } from '../domain/recipe-content.ts';
import type { RecipeRepository } from '../domain/recipe-repository.ts';
import {
  assertConditional,
  assertEditable,
  withContent,
  type Recipe,
  type VersionCondition,
} from '../domain/recipe.ts';

/**
 * Replaces everything that the author of a recipe wrote.
 *
 * @throws {RecipeVersionRequiredError} without a condition.
 * @throws {RecipeNotFoundError} {@link NotRecipeAuthorError} {@link RecipeVersionMismatchError} as `assertEditable`.
 * @throws {InvalidRecipeError} when the draft breaks a rule.
 */
export type ReplaceRecipe = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition | undefined;
  readonly draft: RecipeDraft;
}) => Promise<Recipe>;

export function createReplaceRecipe(ports: {
  readonly recipes: RecipeRepository;
  readonly clock: Clock;
}): ReplaceRecipe {
  return async ({ id, editor, condition, draft }) => {
    const versions = assertConditional(condition);
    return ports.recipes.update(id, (recipe) => {
      const current = assertEditable(recipe, editor, versions);
      return withContent(current, toRecipeContent(draft), ports.clock.now());
    });
  };
}
