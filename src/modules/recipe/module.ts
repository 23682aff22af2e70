import contract from '#generated/recipe/contract.json' with { type: 'json' };
import type { RecipeHandlers } from '#generated/recipe/handlers.ts';
import { recipeOperations } from '#generated/recipe/operations.ts';
import { bindModule, type ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Database } from '#kernel/database/database.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { createCreateRecipe } from './application/create-recipe.ts';
import { createDeleteRecipe } from './application/delete-recipe.ts';
import { createGetRecipe } from './application/get-recipe.ts';
import { createGetScaledRecipe } from './application/get-scaled-recipe.ts';
import { createListRecipeTags } from './application/list-recipe-tags.ts';
import { createListRecipes } from './application/list-recipes.ts';
import type { RecipeApi, RecipeUseCases } from './application/recipe-api.ts';
import { createReplaceRecipe } from './application/replace-recipe.ts';
import { createUpdateRecipe } from './application/update-recipe.ts';
import type { RecipeIds, RecipeRepository } from './domain/recipe-repository.ts';
import { PgRecipeRepository } from './infra/pg-recipe-repository.ts';
import { UuidV7Ids } from './infra/uuid-v7-ids.ts';
import { createRecipeHandlers } from './transport/recipe-handlers.ts';

/** What the recipe module needs of the process. */
export interface RecipeModuleDependencies {
  readonly database: Database;
  readonly clock: Clock;
}

/** The recipe module, wired: its contract with its handlers, and what other modules may ask of it. */
export interface RecipeModule {
  readonly binding: ModuleBinding;
  readonly api: RecipeApi;
}

export function createRecipeModule({ database, clock }: RecipeModuleDependencies): RecipeModule {
  const useCases = createRecipeUseCases({
    recipes: new PgRecipeRepository(database),
    ids: new UuidV7Ids(clock),
    clock,
  });
  const binding = bindModule<RecipeHandlers>({
    name: 'recipe',
    document: contract,
    operations: recipeOperations,
    handlers: createRecipeHandlers(useCases),
  });
  return { binding, api: useCases };
}

/** Every use case over the same ports. */
export function createRecipeUseCases(ports: {
  readonly recipes: RecipeRepository;
  readonly ids: RecipeIds;
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
