/**
 * Writes one parameter as the request carries it. In a query the result has the name and is percent-encoded
 * (`tag=a&tag=b`); in a path and in a header it is the value alone.
 * @throws {TypeError} when the style cannot carry the value: the server would read another one.
 */
export type ParameterEncoder = (name: string, value: unknown) => string;

/** @throws {TypeError} that names the parameter and its style. */
export function refuse(name: string, style: string, value: unknown, reason = ''): never {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  throw new TypeError(`${name} (style ${style}) cannot carry ${shown}${reason}`);
}

/**
 * A scalar as text; a `Date` in ISO 8601.
 * @throws {TypeError} for everything else, and for text that no server takes: U+0000, and half of a surrogate pair, which has
 * no UTF-8.
 */
export function plain(name: string, style: string, value: unknown): string {
  const given: unknown = value instanceof Date ? value.toJSON() : value;
  // With all its digits, a larger number reads like an integer that has lost some.
  const text = typeof given === 'number' && Math.abs(given) > 2 ** 53 ? given.toExponential() : String(given);
  const isScalar = /^(string|boolean|bigint)$/.test(typeof given) || Number.isFinite(given);
  return isScalar && !/[\0\p{Cs}]/u.test(text) ? text : refuse(name, style, given);
}

/** A member of a parameter's value, percent-encoded. */
export const text: typeof plain = (name, style, value) => encodeURIComponent(plain(name, style, value));

/** Members of a value: an array's items, or the value itself. */
export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Query, `style: form, explode: true`, scalars and arrays: `tag=a&tag=b`. Source: OpenAPI 3.1 section 4.8.12. */
export const form: ParameterEncoder = (name, value) =>
  items(value)
    .map((item) => `${encodeURIComponent(name)}=${text(name, 'form', item)}`)
    .join('&') || refuse(name, 'form', value);

/** Path, `style: simple`, scalars and arrays: `a,b`. */
export const simple: ParameterEncoder = (name, value) =>
  items(value)
    .map((item) => text(name, 'simple', item))
    .join();

/** Header, `style: simple`, scalars and arrays: `a,b`, not percent-encoded. */
export const header: ParameterEncoder = (name, value) =>
  Array.isArray(value) ? headerList(name, value) : headerText(name, value);

/** Members of a header's list. A list of one empty text arrives as an empty list. */
export function headerList(name: string, values: readonly unknown[]): string {
  const list = values.map((item) => headerText(name, item, ',')).join();
  if (values.length === 1 && !list) refuse(name, 'simple', values);
  return list;
}

/** Text that a header carries as it is: no spaces around it, no separator in it. Source: RFC 9110 section 5.5. */
export function headerText(name: string, value: unknown, separator?: string): string {
  const written = plain(name, 'simple', value);
  if (/^[\t ]|[\t ]$|[^\t\x20-\x7e\x80-\xff]/.test(written) || (separator && written.includes(separator))) {
    refuse(name, 'simple', written);
  }
  return written;
}
