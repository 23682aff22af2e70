import type { CreateRecipe } from './create-recipe.ts';
import type { DeleteRecipe } from './delete-recipe.ts';
import type { GetRecipe } from './get-recipe.ts';
import type { GetScaledRecipe } from './get-scaled-recipe.ts';
import type { ListRecipeTags } from './list-recipe-tags.ts';
import type { ListRecipes } from './list-recipes.ts';
import type { ReplaceRecipe } from './replace-recipe.ts';
import type { UpdateRecipe } from './update-recipe.ts';

export type { Ingredient, RecipeDraft, RecipePatch, Visibility } from '../domain/recipe-content.ts';
export type { ListPosition, RecipeSort } from '../domain/recipe-list.ts';
export type { TagCount } from '../domain/recipe-repository.ts';
export type { Recipe, RecipeSummary, VersionCondition } from '../domain/recipe.ts';
export type { ScaledRecipe } from '../domain/scaled-recipe.ts';

/** What can be done with recipes: one function per use case. */
export interface RecipeUseCases {
  readonly createRecipe: CreateRecipe;
  readonly deleteRecipe: DeleteRecipe;
  readonly getRecipe: GetRecipe;
  readonly getScaledRecipe: GetScaledRecipe;
  readonly listRecipes: ListRecipes;
  readonly listRecipeTags: ListRecipeTags;
  readonly replaceRecipe: ReplaceRecipe;
  readonly updateRecipe: UpdateRecipe;
}

/** What other modules may ask of this one. */
export interface RecipeApi {
  readonly getRecipe: GetRecipe;
  readonly getScaledRecipe: GetScaledRecipe;
}
