/**
 * Writes one parameter as the request carries it. In a query the result has the name and is percent-encoded
 * (`tag=a&tag=b`), empty when there is nothing to say; in a path and in a header it is the value alone.
 */
export type ParameterEncoder = (name: string, value: unknown) => string;

/** A member of a parameter's value, as text. */
export const text = (value: unknown): string => encodeURIComponent(String(value));

/** Members of a value: an array's items, or the value itself. */
export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Query, `style: form, explode: true`, scalars and arrays: `tag=a&tag=b`. Source: OpenAPI 3.1 section 4.8.12. */
export const form: ParameterEncoder = (name, value) =>
  items(value)
    .map((item) => `${text(name)}=${text(item)}`)
    .join('&');

/** Path, `style: simple`, scalars and arrays: `a,b`. */
export const simple: ParameterEncoder = (_name, value) => items(value).map(text).join();

/** Header, `style: simple`, scalars and arrays: `a,b`, not percent-encoded. */
export const header: ParameterEncoder = (_name, value) => items(value).join();
