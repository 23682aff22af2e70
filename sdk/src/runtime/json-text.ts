/** Numbers, lists and objects that may have lost something on their way to text, and characters that no server takes. */
const SUSPECT = /null|\{\}|\d{16}|\\u(?:0000|d[89a-f])/;

/**
 * A value as JSON text.
 * @throws {TypeError} when the text would say something else: for `NaN` and `Infinity`, integers beyond 2^53, `undefined`
 * in a list, for a `Map`, a `Blob` and others that JSON has no form for, and for U+0000 and half of a surrogate pair.
 */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} has no JSON form`);
  if (SUSPECT.test(text)) JSON.stringify(value, assertJson);
  return text;
}

const NO_TEXT = /[\0\p{Cs}]/u;

function assertJson(this: unknown, key: string, value: unknown): unknown {
  if (NO_TEXT.test(key) || !isJson(value, Array.isArray(this))) {
    const shown = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
    throw new TypeError(`${key || 'the value'} is ${shown}, which JSON cannot carry`);
  }
  return value;
}

/** A member without a value is left out; an item without one would become `null`. */
function isJson(value: unknown, isItem: boolean): boolean {
  if (typeof value === 'string') return !NO_TEXT.test(value);
  if (typeof value === 'number') {
    // From 1e21 on, numbers are written with an exponent, so they do not look like exact integers.
    return Number.isSafeInteger(Math.trunc(value)) || (Math.abs(value) >= 1e21 && Number.isFinite(value));
  }
  if (typeof value !== 'object') return !isItem || typeof value === 'boolean';
  if (value === null || Array.isArray(value)) return true;
  // A stream of Node has no other mark.
  return Object.prototype.toString.call(value) === '[object Object]' && !(Symbol.asyncIterator in value);
}
