import { integer, oneof, type Arbitrary } from 'fast-check';

/**
 * Any character of Unicode, as the unit of `string`. The library's own `unit: 'binary'` gives the same ones, and first spends two seconds on a
 * table of all of them, which only shrinking a string that it did not make needs.
 */
export const codePoint: Arbitrary<string> = oneof(
  { weight: 1, arbitrary: integer({ min: 0, max: 0xd7_ff }) },
  { weight: 16, arbitrary: integer({ min: 0xe0_00, max: 0x10_ff_ff }) },
).map((code) => String.fromCodePoint(code));
