import type { Clock } from '#kernel/domain/clock.ts';
import type { Ids } from '#kernel/domain/ids.ts';
import { toRecipeContent, type RecipeDraft } from '../domain/recipe-content.ts';
import type { RecipeRepository } from '../domain/recipe-repository.ts';
import { newRecipe, type Recipe } from '../domain/recipe.ts';

/** Creates a recipe that belongs to `author`. @throws {InvalidRecipeError} when the draft breaks a rule. */
export type CreateRecipe = (input: {
  readonly author: string;
  readonly draft: RecipeDraft;
}) => Promise<Recipe>;

export function createCreateRecipe(ports: {
  readonly recipes: RecipeRepository;
  readonly ids: Ids;
  readonly clock: Clock;
}): CreateRecipe {
  return async ({ author, draft }) => {
    const content = toRecipeContent(draft);
    const recipe = newRecipe({ id: ports.ids.next(), author, content, now: ports.clock.now() });
    await ports.recipes.insert(recipe);
    return recipe;
  };
}
