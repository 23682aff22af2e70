/** A quantity as it is written: up to nine digits before the point and nine after it, without needless zeros in front. */
const QUANTITY = /^(?<whole>0|[1-9][0-9]{0,8})(?:\.(?<decimals>[0-9]{1,9}))?$/;

/** Decimal places of a scaled quantity that has no end, or more places than these. */
export const SCALED_DECIMALS = 6;

/** An exact, non-negative number, in lowest terms. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The exact number that a quantity stands for; undefined when the text is not a quantity. Zero is one here. */
export function parseQuantity(text: string): Fraction | undefined {
  const groups = QUANTITY.exec(text)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const decimals = groups['decimals'] ?? '';
  return reduce(BigInt(`${groups['whole']}${decimals}`), 10n ** BigInt(decimals.length));
}

/** `fraction * multiplier / divisor`, exactly. Both are whole and greater than zero. */
export function scaleFraction(fraction: Fraction, multiplier: number, divisor: number): Fraction {
  return reduce(fraction.numerator * BigInt(multiplier), fraction.denominator * BigInt(divisor));
}

/** `3`, or `9/4`. */
export function formatFraction({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}

/**
 * The number as a decimal without needless zeros: exact when `SCALED_DECIMALS` places hold it, else rounded half up to them. A number
 * above zero never becomes zero: what is smaller than the last place is shown as one unit of it.
 */
export function formatDecimal({ numerator, denominator }: Fraction): string {
  const unit = 10n ** BigInt(SCALED_DECIMALS);
  const rounded = (2n * numerator * unit + denominator) / (2n * denominator);
  const units = rounded === 0n && numerator > 0n ? 1n : rounded;
  const decimals = `${units % unit}`.padStart(SCALED_DECIMALS, '0').replace(/0+$/, '');
  return decimals === '' ? `${units / unit}` : `${units / unit}.${decimals}`;
}

function reduce(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) {
    [a, b] = [b, a % b];
  }
  return a;
}
