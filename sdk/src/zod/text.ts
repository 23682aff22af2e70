import * as z from 'zod';

/**
 * A text of so many characters. The contract counts code points (JSON Schema validation, section 6.3.1), Zod by itself
 * counts UTF-16 units: to it an emoji is two.
 */
export function text(least: number, most: number): z.ZodString {
  return z.string().check((context) => {
    const { value } = context;
    const length = Array.from(value).length;
    const common = { origin: 'string', inclusive: true, input: value } as const;
    if (length < least) context.issues.push({ code: 'too_small', minimum: least, ...common });
    if (length > most) context.issues.push({ code: 'too_big', maximum: most, ...common });
  });
}

/** A whole number of any size: `z.int()` ends at 2^53. */
export function whole(): z.ZodNumber {
  return z.number().check((context) => {
    const { value: input } = context;
    if (!Number.isInteger(input)) context.issues.push({ code: 'invalid_type', expected: 'int', input });
  });
}

/** A multiple by decimal arithmetic, as the contract counts: 19.99 is a multiple of 0.01. */
export function multipleOf(divisor: number): (context: z.core.ParsePayload<number>) => void {
  return (context) => {
    const { value: input } = context;
    if (!Number.isFinite(input)) return;
    const [one, other] = [decimal(input), decimal(divisor)];
    const exponent = Math.min(one.exponent, other.exponent);
    const scaled = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
    if (scaled(one) % scaled(other) === 0n) return;
    context.issues.push({ code: 'not_multiple_of', divisor, origin: 'number', input });
  };
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const [integral = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(integral + fraction), exponent: Number(exponent) - fraction.length };
}

const DATE_TIME =
  /^(?!0000)(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,64})?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/i;

/** An instant of RFC 3339 as the API takes it: of the years 1 to 9999, with an offset of at most 14 hours. */
export function isDateTime(value: string): boolean {
  const day = DATE_TIME.exec(value)?.[1];
  if (day === undefined) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Refuses a list that has an item twice; the order of an object's members does not count. */
export function unique(context: z.core.ParsePayload<readonly unknown[]>): void {
  const { value: input } = context;
  const known = new Set<string>();
  for (const [index, item] of input.entries()) {
    const spelled = JSON.stringify(item, sorted);
    if (known.has(spelled))
      context.issues.push({ code: 'custom', path: [index], message: 'Must not be there twice', input });
    known.add(spelled);
  }
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  // oxlint-disable-next-line unicorn/no-array-sort -- a list of its own, and `toSorted` is younger than the oldest runtime
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is asked of the members of an object, whatever else it may be. */
export interface MemberRules {
  readonly required?: readonly string[];
  /** Members that the API alone sets. */
  readonly absent?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

/** Any value; an object among them keeps the rules. */
export function members({
  required = [],
  absent = [],
  least = 0,
  most = Infinity,
}: MemberRules): z.ZodUnknown {
  return z.unknown().check((context) => {
    const { value: input, issues } = context;
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return;
    for (const name of required)
      if (!Object.hasOwn(input, name))
        issues.push({ code: 'custom', path: [name], message: 'Required', input });
    for (const name of absent)
      if (Object.hasOwn(input, name))
        issues.push({ code: 'custom', path: [name], message: 'Must not be sent', input });
    const count = Object.keys(input).length;
    const common = { origin: 'object', inclusive: true, input } as const;
    if (count < least) issues.push({ code: 'too_small', minimum: least, ...common });
    if (count > most) issues.push({ code: 'too_big', maximum: most, ...common });
  });
}

/** A member that is taken for its default where it is missing, as the API does. */
export function given<T extends z.ZodType>(
  schema: T,
  fallback: z.input<T>,
): z.ZodType<z.output<T>, z.input<T>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK's types say that the member is there
  return z.prefault(schema, fallback) as unknown as z.ZodType<z.output<T>, z.input<T>>;
}
