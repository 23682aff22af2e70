import type { Recipe, ScaledIngredient } from '@chompardo/sdk';

/**
 * The ingredients for other servings, with exact fractions as the API gives them: for as long as its answer is not there, or
 * cannot be, because the network is slow or gone or the recipe is not saved yet.
 */
export function scaleLocally(
  { ingredients, servings: own }: Pick<Recipe, 'ingredients' | 'servings'>,
  servings: number,
): readonly ScaledIngredient[] {
  return ingredients.map(({ quantity, ...rest }) =>
    quantity === undefined ? rest : { ...rest, fraction: scaleQuantity(quantity, servings, own) },
  );
}

/** `1.5` for 6 instead of 4: `9/4`. */
function scaleQuantity(quantity: string, servings: number, own: number): string {
  const [whole = '', decimals = ''] = quantity.split('.');
  const numerator = BigInt(whole + decimals) * BigInt(servings);
  const denominator = 10n ** BigInt(decimals.length) * BigInt(own);
  const common = greatestCommonDivisor(numerator, denominator);
  return denominator === common
    ? String(numerator / common)
    : `${numerator / common}/${denominator / common}`;
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other);
}
