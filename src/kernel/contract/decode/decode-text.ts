import type { Reason } from '#kernel/domain/error-code.ts';
import type { ScalarTypes } from '../operation.ts';
import { describeTextFailure } from './json-text.ts';

/** How percent-encoded text is read: in forms and queries `+` is a space, elsewhere and with `allowReserved` it is `+`. */
export type PlusMeans = 'space' | 'plus';

/** A text that cannot be decoded; `message` says why and echoes nothing. */
export class TextError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** @throws {TextError} when the escapes are malformed, are not UTF-8, or stand for text that is not accepted. */
export function decodeUrlText(raw: string, plus: PlusMeans): string {
  const spaced = plus === 'space' ? raw.replaceAll('+', ' ') : raw;
  let text = spaced;
  if (spaced.includes('%')) {
    try {
      text = decodeURIComponent(spaced);
    } catch (error) {
      throw new TextError({ code: 'encoding' }, 'is not valid percent-encoded UTF-8', { cause: error });
    }
  }
  return acceptText(text);
}

/** @throws {TextError} when the text holds U+0000 or a lone surrogate. */
export function acceptText(text: string): string {
  const failure = describeTextFailure(text);
  if (failure !== undefined) throw new TextError({ code: 'forbiddenCharacter' }, failure);
  return text;
}

/** One `name=value` of a query, form or matrix parameter; the value is still encoded. */
export interface RawPair {
  readonly name: string;
  readonly rawValue: string;
}

/**
 * Splits `a=1&b=2` into pairs with decoded names and raw values; empty pieces are skipped. Names are read as in a query
 * unless `decodeName` says otherwise.
 *
 * @throws {TextError} when a name cannot be decoded.
 */
export function splitPairs(
  raw: string,
  separator: string,
  decodeName: (rawName: string) => string = decodeQueryName,
): RawPair[] {
  const pairs: RawPair[] = [];
  for (const piece of raw.split(separator)) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const rawName = equals === -1 ? piece : piece.slice(0, equals);
    pairs.push({
      name: decodeName(rawName),
      rawValue: equals === -1 ? '' : piece.slice(equals + 1),
    });
  }
  return pairs;
}

function decodeQueryName(rawName: string): string {
  return decodeUrlText(rawName, 'space');
}

/** Raw values by name, in order of appearance. */
export function groupPairs(pairs: readonly RawPair[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, rawValue } of pairs) {
    const values = groups.get(name);
    if (values === undefined) groups.set(name, [rawValue]);
    else values.push(rawValue);
  }
  return groups;
}

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
