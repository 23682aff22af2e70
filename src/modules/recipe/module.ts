import contract from '#generated/recipe/contract.json' with { type: 'json' };
import { recipeOperations } from '#generated/recipe/operations.ts';
import { bindModule, type ServedModule } from '#kernel/contract/module-binding.ts';
import type { Database } from '#kernel/database/database.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { UuidV7Ids, type Ids } from '#kernel/domain/ids.ts';
import { createCreateRecipe } from './application/create-recipe.ts';
import { createDeleteRecipe } from './application/delete-recipe.ts';
import { createGetRecipe } from './application/get-recipe.ts';
import { createGetScaledRecipe } from './application/get-scaled-recipe.ts';
import { createListRecipeTags } from './application/list-recipe-tags.ts';
import { createListRecipes } from './application/list-recipes.ts';
import type { RecipeApi, RecipeUseCases } from './application/recipe-api.ts';
import { createReplaceRecipe } from './application/replace-recipe.ts';
import { createUpdateRecipe } from './application/update-recipe.ts';
import type { RecipeRepository } from './domain/recipe-repository.ts';
import { PgRecipeRepository } from './infra/pg-recipe-repository.ts';
import { createRecipeHandlers } from './transport/recipe-handlers.ts';

/** What the recipe module needs of the process. */
export interface RecipeModuleDependencies {
  readonly database: Database;
  readonly clock: Clock;
}

/** The recipe module, wired: its contract with its handlers, and what other modules may ask of it. */
export interface RecipeModule extends ServedModule<'recipe'> {
  readonly api: RecipeApi;
}

export function createRecipeModule({ database, clock }: RecipeModuleDependencies): RecipeModule {
  const useCases = createRecipeUseCases({
    recipes: new PgRecipeRepository(database),
    ids: new UuidV7Ids(clock),
    clock,
  });
  const binding = bindModule({
    name: 'recipe',
    document: contract,
    operations: recipeOperations,
    handlers: createRecipeHandlers(useCases),
  });
  return { binding, schema: 'recipe', api: useCases };
}

/** Every use case over the same ports. */
export function createRecipeUseCases(ports: {
  readonly recipes: RecipeRepository;
  readonly ids: Ids;
  readonly clock: Clock;
}): RecipeUseCases {
  return {
    createRecipe: createCreateRecipe(ports),
    deleteRecipe: createDeleteRecipe(ports),
    getRecipe: createGetRecipe(ports),
    getScaledRecipe: createGetScaledRecipe(ports),
    listRecipes: createListRecipes(ports),
    listRecipeTags: createListRecipeTags(ports),
    replaceRecipe: createReplaceRecipe(ports),
    updateRecipe: createUpdateRecipe(ports),
  };
}
