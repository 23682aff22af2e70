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

const SIGNS: Readonly<Record<string, string>> = {
  '1/2': '½',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/4': '¼',
  '3/4': '¾',
  '1/5': '⅕',
  '2/5': '⅖',
  '3/5': '⅗',
  '4/5': '⅘',
  '1/6': '⅙',
  '5/6': '⅚',
  '1/8': '⅛',
  '3/8': '⅜',
  '5/8': '⅝',
  '7/8': '⅞',
};

/** The one character that fonts have for a fraction; undefined where they have none. */
export function fractionSign({
  numerator,
  denominator,
}: NonNullable<ShownQuantity['fraction']>): string | undefined {
  return SIGNS[`${numerator}/${denominator}`];
}

/** The same as text: `2 1/4`. */
export function quantityText({ whole, fraction }: ShownQuantity): string {
  const part = fraction && `${fraction.numerator}/${fraction.denominator}`;
  return [whole, part].filter(Boolean).join(' ');
}
