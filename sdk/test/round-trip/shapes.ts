import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** A schema and the values that it allows. */
export interface Shape {
  readonly schema: object;
  readonly values: Arbitrary<unknown>;
}

const PIECES = [
  ',',
  '|',
  ' ',
  '.',
  ';',
  '=',
  '&',
  '+',
  '%',
  '%2C',
  '%20',
  '/',
  '?',
  '#',
  '[',
  ']',
  '"',
  "'",
  '\\',
  '-',
  ':',
  'a',
  '1',
  'null',
  'true',
  '1.5',
  'é',
  'ÿ',
  '€',
  '😀',
  '\t',
  '\n',
  '\r',
  '\0',
  '\u007f',
  '\u00a0',
  '\ud800',
  '\ufeff',
  '\u2028',
];
/** Texts of what means something in a URL, a header, a form or JSON. */
export const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 5 }),
);
export const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value));
export const integer = fc.oneof(fc.integer(), fc.maxSafeInteger());

export const SCALARS: readonly Shape[] = [
  { schema: { type: 'string' }, values: text },
  { schema: { type: 'integer' }, values: integer },
  { schema: { type: 'number' }, values: number },
  { schema: { type: 'boolean' }, values: fc.boolean() },
  { schema: { type: ['string', 'null'] }, values: fc.option(text) },
  { schema: { type: ['integer', 'null'] }, values: fc.option(integer) },
  { schema: { type: ['integer', 'string'] }, values: fc.oneof(integer, text) },
  { schema: { anyOf: [{ type: 'boolean' }, { type: 'number' }] }, values: fc.oneof(fc.boolean(), number) },
  { schema: { enum: ['a', '1', 'true'] }, values: fc.constantFrom('a', '1', 'true') },
];
export const scalar = fc.constantFrom(...SCALARS);

export function listOf({ schema, values }: Shape): Shape {
  return { schema: { type: 'array', items: schema }, values: fc.array(values, { maxLength: 4 }) };
}

/** Names of members: usual ones, and ones with characters that styles use themselves. */
export const NAMES = ['a', 'R', 'G', 'B', 'c-d', 'a b', 'x=y', 'a,b', 'a.b', 'é', 'own', 'a[b]', 'p', ''];
