import { formatDecimal, formatFraction, parseQuantity, scaleFraction } from './quantity.ts';
import type { Ingredient } from './recipe-content.ts';
import type { Recipe } from './recipe.ts';

/** An ingredient for other servings. */
export interface ScaledIngredient extends Ingredient {
  /** The quantity, exactly: `3`, `9/4`; absent when the ingredient has none. */
  readonly fraction?: string;
}

/** A recipe's ingredients for other servings than its own. */
export interface ScaledRecipe {
  readonly recipe: Recipe;
  readonly servings: number;
  readonly ingredients: readonly ScaledIngredient[];
}

/** Multiplies every quantity by `servings / recipe.servings`; see `formatDecimal` for the rounding of the decimal form. */
export function scaleRecipe(recipe: Recipe, servings: number): ScaledRecipe {
  const ingredients = recipe.ingredients.map((ingredient) => {
    const quantity = parseQuantity(ingredient.quantity ?? '');
    if (quantity === undefined) {
      return ingredient;
    }
    const scaled = scaleFraction(quantity, servings, recipe.servings);
    return { ...ingredient, quantity: formatDecimal(scaled), fraction: formatFraction(scaled) };
  });
  return { recipe, servings, ingredients };
}
