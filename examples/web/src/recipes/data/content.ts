import type { Recipe, RecipeContent } from '@chompardo/sdk';
import { ingredientFields, recipeContentDefaults, recipeContentFields } from '@chompardo/sdk/forms';

/** What the author wrote of a recipe, without what the API adds. */
export function contentOf(recipe: Recipe): RecipeContent {
  const { title, description, servings, prepMinutes, cookMinutes, tags, ingredients, steps, visibility } =
    recipe;
  return { title, description, servings, prepMinutes, cookMinutes, tags, ingredients, steps, visibility };
}

/** The same with the defaults of the API in the place of what is left out. */
export function completed(content: RecipeContent): Required<RecipeContent> {
  return { ...recipeContentDefaults, ...content };
}

/** Whether two texts of a recipe say the same. */
export function isSameContent(one: RecipeContent, other: RecipeContent): boolean {
  return comparable(one) === comparable(other);
}

function comparable(content: RecipeContent): string {
  const all = completed(content);
  return JSON.stringify([
    [all.title, all.description, all.servings, all.prepMinutes, all.cookMinutes, all.visibility],
    all.tags,
    all.ingredients.map(({ quantity, unit, name, note }) => [quantity, unit, name, note]),
    all.steps,
  ]);
}

/**
 * Whether a recipe could look like this: nothing that it must have is missing, and its numbers are numbers. What is no
 * recipe is not shown before the API has judged it.
 */
export function canBeShown(content: RecipeContent): boolean {
  const { title, servings, prepMinutes, cookMinutes, ingredients, steps } = completed(content);
  const numbers = { servings, prepMinutes, cookMinutes };
  return (
    title !== '' &&
    NUMBERS.every((name) => Number.isInteger(numbers[name]) && numbers[name] >= FIELDS[name].min) &&
    ingredients.every(
      ({ name, quantity }) => name !== '' && (quantity === undefined || DECIMAL.test(quantity)),
    ) &&
    steps.every((step) => step !== '')
  );
}

const FIELDS = recipeContentFields;
const NUMBERS = ['servings', 'prepMinutes', 'cookMinutes'] as const;
const DECIMAL = new RegExp(`^(?:${ingredientFields.quantity.pattern})$`, 'v');
