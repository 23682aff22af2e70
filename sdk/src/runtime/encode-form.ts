import type { BodyEncoder } from './encode-body.ts';
import { exactText, type Types } from './encode-exact.ts';
import { plain, refuse } from './encode-parameter.ts';
import { jsonText } from './json-text.ts';

/** How fields are read whose text is not enough to tell their value; without types, as JSON. `*` is any other name. */
export type AmbiguousFields = Readonly<Record<string, { readonly array: boolean; readonly types: Types }>>;

/**
 * `application/x-www-form-urlencoded`: arrays repeat their name, objects are sent as JSON, undefined members are
 * left out. Source: OpenAPI 3.1 section 4.8.14.4.
 */
export const formBody: BodyEncoder = /* @__PURE__ */ formWith({});

/** `formBody` of a form that has such fields. */
export function formWith(ambiguous: AmbiguousFields): BodyEncoder {
  return (body) => {
    const form = new URLSearchParams();
    for (const [name, value] of membersOf('form', body, ambiguous)) {
      const types = fieldOf(ambiguous, name)?.types;
      if (types ? types.length === 0 : isObject(value)) form.append(name, jsonText(value));
      else form.append(name, types ? exactText(name, 'form', value, types) : plain(name, 'form', value));
    }
    return form;
  };
}

/** What is known of a field, when its text does not tell enough. */
export function fieldOf(ambiguous: AmbiguousFields, name: string): AmbiguousFields[string] | undefined {
  return Object.hasOwn(ambiguous, name) ? ambiguous[name] : ambiguous['*'];
}

/**
 * Names and values of a body's fields, each item of a list for itself; undefined members are left out.
 * @throws {TypeError} for what would be read as another list: one without items, of which nothing would be sent, one with such a
 * list in it, and a value where lists are allowed too.
 */
export function membersOf(
  style: string,
  body: unknown,
  ambiguous: AmbiguousFields,
): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(Object(body)).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const field = fieldOf(ambiguous, name);
    const isJson = field?.types.length === 0;
    const isList = Array.isArray(value);
    if (field?.array && !isList) refuse(name, style, value, ', which would be read as a list');
    if (isList && (value.length === 0 ? !isJson : value.some(isEmptyList))) refuse(name, style, value);
    const all: readonly unknown[] = isList && value.length > 0 && (field?.array ?? true) ? value : [value];
    return all.map((item) => [plain(name, style, name), item] as const);
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
