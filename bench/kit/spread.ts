/** Least, middle and greatest of several measurements of one thing. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @throws {RangeError} when there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (min === undefined || max === undefined) throw new RangeError('There is nothing to sum up.');
  return { min, median: ((middle[0] ?? min) + (middle[1] ?? max)) / 2, max };
}

/**
 * The middle of the ratios of each round. Both were measured in every round, one right after the other, so what the machine did
 * beside it weighs on both alike.
 */
export function medianRatio(values: readonly number[], base: readonly number[]): number {
  if (values.length !== base.length) throw new RangeError('Both must have been measured in every round.');
  return spreadOf(values.map((value, round) => value / (base[round] ?? Number.NaN))).median;
}

/** `212 / 219 / 230`. */
export function showSpread({ min, median, max }: Spread, digits = 0): string {
  return [min, median, max].map((value) => value.toFixed(digits)).join(' / ');
}

/** `212 / 219 / 230 ×1.15`: the spread of the values, and how much they are of what they are compared with. */
export function showBeside(values: readonly number[], base: readonly number[], digits = 0): string {
  return `${showSpread(spreadOf(values), digits)} ×${medianRatio(values, base).toFixed(2)}`;
}
