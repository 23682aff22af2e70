import type { FindRecipeByIdResult, InsertRecipeParams } from '#generated/recipe/queries/recipes.ts';
import type { ListRecipesByTitleResult } from '#generated/recipe/queries/recipe-lists.ts';
import type { Ingredient } from '../domain/recipe-content.ts';
import type { Recipe, RecipeSummary } from '../domain/recipe.ts';
import { titleKey } from '../domain/text.ts';

/** A row of a list; the queries of all sort orders give the same columns. */
export type SummaryRow = ListRecipesByTitleResult;

/** A recipe from its row. Ingredients come as four lists of equal length, with the empty string where a part is absent. */
export function toRecipe(row: FindRecipeByIdResult): Recipe {
  const { ingredientNames, ingredientQuantities, ingredientUnits, ingredientNotes, steps, ...summary } = row;
  const ingredients = ingredientNames.map((name, index) =>
    toIngredient(
      name,
      ingredientQuantities[index] ?? '',
      ingredientUnits[index] ?? '',
      ingredientNotes[index] ?? '',
    ),
  );
  return { ...toSummary(summary), ingredients, steps };
}

function toIngredient(name: string, quantity: string, unit: string, note: string): Ingredient {
  return {
    name,
    ...(quantity === '' ? {} : { quantity }),
    ...(unit === '' ? {} : { unit }),
    ...(note === '' ? {} : { note }),
  };
}

/** A summary from its row. */
export function toSummary(row: SummaryRow): RecipeSummary {
  return { ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) };
}

/** The parameters that store a recipe. */
export function toParameters(recipe: Recipe): InsertRecipeParams {
  const { ingredients } = recipe;
  return {
    id: recipe.id,
    author: recipe.author,
    visibility: recipe.visibility,
    title: recipe.title,
    titleKey: titleKey(recipe.title),
    description: recipe.description,
    servings: recipe.servings,
    prepMinutes: recipe.prepMinutes,
    cookMinutes: recipe.cookMinutes,
    tags: [...recipe.tags],
    steps: [...recipe.steps],
    createdAt: recipe.createdAt.toISOString(),
    updatedAt: recipe.updatedAt.toISOString(),
    version: recipe.version,
    ingredientNames: ingredients.map(({ name }) => name),
    ingredientQuantities: ingredients.map(({ quantity }) => quantity ?? ''),
    ingredientUnits: ingredients.map(({ unit }) => unit ?? ''),
    ingredientNotes: ingredients.map(({ note }) => note ?? ''),
  };
}
