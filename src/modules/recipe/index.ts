/**
 * The recipe module: recipes, who may see them, how they are found, and their quantities for other servings. This is its front door;
 * other modules import nothing else of it, and from their `infra` only.
 */
export type { Recipe, RecipeApi, ScaledRecipe } from './application/recipe-api.ts';
