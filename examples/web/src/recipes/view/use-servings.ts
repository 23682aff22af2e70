import { getScaledRecipeFields } from '@chompardo/sdk/forms';

import { useSearchNumber } from '../../app/use-search-number.ts';

/** The fewest and the most servings that the API scales to. */
export const SERVINGS = getScaledRecipeFields.servings;

/** The servings that the address asks for, else the recipe's own; setting them changes the address. */
export function useServings(own: number): readonly [number, (servings: number) => void] {
  return useSearchNumber('servings', own, SERVINGS);
}
