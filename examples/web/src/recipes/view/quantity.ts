/** An exact number as it is shown: a whole part, and a fraction that is less than one. */
export interface ShownQuantity {
  /** Empty when there is a fraction only. */
  readonly whole: string;
  readonly fraction?: { readonly numerator: number; readonly denominator: number };
}

/** Units that scales and jugs show in decimals; for everything else cooks think in halves and thirds. */
const METRIC = /^(k?g|mg|gram(me)?s?|kilos?|[cdm]?l|lit(re|er)s?|°c|cm|mm)$/i;
const DECIMALS = 3;

/**
 * The exact `fraction` of the API (`9/4`) as a cook reads it: `2 ¼` spoons, but `2.25` kg. What no decimal shows
 * exactly stays a fraction, so nothing is ever rounded.
 */
export function showQuantity(fraction: string, unit: string | undefined): ShownQuantity {
  const [top = '0', bottom = '1'] = fraction.split('/');
  const [numerator, denominator] = [BigInt(top), BigInt(bottom)];
  const whole = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return { whole: group(whole) };
  const scaled = rest * 10n ** BigInt(DECIMALS);
  const isMetric = unit !== undefined && METRIC.test(unit);
  const isShort = denominator > 64n;
  if ((isMetric || isShort) && scaled % denominator === 0n) {
    const digits = (scaled / denominator).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
    return { whole: `${group(whole)}.${digits}` };
  }
  return {
    whole: whole === 0n ? '' : group(whole),
    fraction: { numerator: Number(rest), denominator: Number(denominator) },
  };
}

/** Groups of three, by thin spaces, from five digits on. */
function group(whole: bigint): string {
  const digits = whole.toString();
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** The same as text: `2 1/4`. */
export function quantityText({ whole, fraction }: ShownQuantity): string {
  const part = fraction && `${fraction.numerator}/${fraction.denominator}`;
  return [whole, part].filter(Boolean).join(' ');
}
