import type { ScalarTypes } from '../operation.ts';

/** The whole grammar of an integer in a parameter: no plus sign, no leading zero, no exponent, no spaces. */
const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;
/** A number as JSON writes it (RFC 8259 section 6). */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * The value that a text stands for, by the first type whose grammar it matches. A text that matches none stays a
 * string, so that validation says what was expected. Integers beyond ±(2^53-1) and numbers beyond the range of a double
 * match no number type: they would lose digits or become infinite.
 */
export function decodeScalar(text: string, types: ScalarTypes): string | number | boolean | null {
  for (const type of types) {
    switch (type) {
      case 'string':
        return text;
      case 'integer': {
        const value = INTEGER.test(text) ? Number(text) : Number.NaN;
        if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
        break;
      }
      case 'number': {
        const value = NUMBER.test(text) ? Number(text) : Number.NaN;
        if (Number.isFinite(value) && (!INTEGER.test(text) || Number.isSafeInteger(value))) {
          return value === 0 ? 0 : value;
        }
        break;
      }
      case 'boolean':
        if (text === 'true') return true;
        if (text === 'false') return false;
        break;
      case 'null':
        if (text === 'null' || text === '') return null;
        break;
    }
  }
  return text;
}
