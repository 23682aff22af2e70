/** A value that a header cannot carry, or not so that a client reads the same. */
export class HeaderValueError extends Error {}

/** Header text that is safe on the wire: no control characters, so it cannot be split. Source: RFC 9110 section 5.5. */
const TEXT = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/**
 * A header's value in style `simple`: a scalar as it is, a list as `a, b`, an object as `R,100,G,200`, or exploded as
 * `R=100,G=200`. Source: OpenAPI 3.1 sections 4.8.12.6 and 4.8.21.
 *
 * @throws {HeaderValueError} when a text has a separator in it, spaces around it, or characters that headers cannot hold.
 */
export function writeHeaderValue(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => member(item));
    if (items.length === 1 && items[0] === '') {
      throw new HeaderValueError('one empty text in a list, which is read as an empty list');
    }
    return items.join(', ');
  }
  if (typeof value !== 'object' || value === null) return scalar(value);
  const pairs = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .flatMap(([name, each]: [string, unknown]) =>
      (Array.isArray(each) ? each : [each]).map((item: unknown) => [member(name), member(item)] as const),
    );
  if (!explode) return pairs.flat().join();
  if (pairs.some(([name]) => name.includes('='))) {
    throw new HeaderValueError('a name with "=" in it, where that ends a name');
  }
  return pairs.map((pair) => pair.join('=')).join();
}

function member(value: unknown): string {
  const text = scalar(value);
  if (text.includes(',')) throw new HeaderValueError('a comma within a member, where it ends the member');
  return text;
}

function scalar(value: unknown): string {
  const isScalar = value === null || /^(?:string|boolean|bigint)$/.test(typeof value);
  if (!isScalar && !(typeof value === 'number' && Number.isFinite(value))) {
    throw new HeaderValueError('a value that is no text, number or boolean');
  }
  const text = String(value);
  if (!TEXT.test(text)) throw new HeaderValueError('characters that headers cannot hold, or spaces around');
  return text;
}
