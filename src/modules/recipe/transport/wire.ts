import type {
  Recipe as WireRecipe,
  RecipeSummary as WireRecipeSummary,
  ScaledRecipe as WireScaledRecipe,
} from '#generated/recipe/schemas.ts';
import type { Recipe, RecipeSummary, ScaledRecipe } from '../application/recipe-api.ts';

/** A recipe as the contract says it. */
export function toWireRecipe(recipe: Recipe): WireRecipe {
  return { ...toWireSummary(recipe), ingredients: recipe.ingredients, steps: recipe.steps };
}

/** A summary as the contract says it. */
export function toWireSummary(recipe: RecipeSummary): WireRecipeSummary {
  return {
    id: recipe.id,
    title: recipe.title,
    description: recipe.description,
    servings: recipe.servings,
    prepMinutes: recipe.prepMinutes,
    cookMinutes: recipe.cookMinutes,
    totalMinutes: recipe.prepMinutes + recipe.cookMinutes,
    tags: recipe.tags,
    visibility: recipe.visibility,
    author: recipe.author,
    createdAt: recipe.createdAt.toISOString(),
    updatedAt: recipe.updatedAt.toISOString(),
    version: recipe.version,
  };
}

/** A scaled recipe as the contract says it. */
export function toWireScaledRecipe({ recipe, servings, ingredients }: ScaledRecipe): WireScaledRecipe {
  return {
    recipeId: recipe.id,
    title: recipe.title,
    servings,
    originalServings: recipe.servings,
    version: recipe.version,
    ingredients,
  };
}
