import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { isArray, isObject, member, textMember } from '../../load/json-value.ts';

/** The components of a document by name. */
export type Components = JsonObject;

/** What a form can make of a schema; `other` is what no input element stands for. */
export type Shape = 'text' | 'number' | 'choice' | 'boolean' | 'file' | 'list' | 'object' | 'other';

/** A schema behind its references and `null`: what its keywords say directly. */
export interface PlainSchema {
  readonly shape: Shape;
  readonly schema: JsonObject;
  readonly nullable: boolean;
  /** The component that the schema is, when a reference led to it. */
  readonly component: string | undefined;
}

/** Keywords that say nothing of a value. */
const PROSE =
  /^(title|description|default|examples?|deprecated|externalDocs|readOnly|writeOnly|xml|\$comment|discriminator|x-.*)$/;

/** Keywords that only conjoin objects; anything else beside `allOf` is no form. */
const OF_OBJECTS = /^(type|properties|required|additionalProperties|unevaluatedProperties|allOf)$/;

const COMPONENT = '#/components/schemas/';

/** The name of the component that a reference leads to. */
function componentName(reference: string): string {
  return reference.slice(COMPONENT.length);
}

/** Follows references, an `allOf` of one and a union with `null` to the schema that has the keywords. */
export function plainSchema(given: JsonValue, components: Components): PlainSchema {
  let schema = isObject(given) ? given : {};
  let component: string | undefined;
  let nullable = false;
  const seen = new Set<JsonObject>();
  for (;;) {
    if (seen.has(schema)) return { shape: 'other', schema: {}, nullable, component };
    seen.add(schema);
    const inner = wrapped(schema);
    if (inner === undefined) break;
    nullable ||= inner.nullable;
    const reference = textMember(inner.schema, '$ref');
    if (reference !== undefined && saying(inner.schema).length === 1) {
      if (!reference.startsWith(COMPONENT)) return { shape: 'other', schema: {}, nullable, component };
      component = componentName(reference);
      const target = member(components, component);
      schema = isObject(target) ? target : {};
    } else {
      if (inner.schema !== schema) component = undefined;
      schema = inner.schema;
    }
  }
  return {
    shape: shapeOf(schema, components, seen),
    schema,
    nullable: nullable || allowsNull(schema),
    component,
  };
}

/** What a schema wraps: itself when it is a reference. `undefined` when it has keywords of its own. */
function wrapped(
  schema: JsonObject,
): { readonly schema: JsonObject; readonly nullable: boolean } | undefined {
  const said = saying(schema);
  const [only = ''] = said;
  if (said.length !== 1) return undefined;
  if (only === '$ref') return { schema, nullable: false };
  const members = schema[only];
  if (!/^(allOf|anyOf|oneOf)$/.test(only) || !isArray(members)) return undefined;
  const kept = only === 'allOf' ? members : members.filter((each) => member(each, 'type') !== 'null');
  const [inner] = kept;
  if (kept.length !== 1 || !isObject(inner)) return undefined;
  return { schema: inner, nullable: kept.length < members.length };
}

function saying(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((keyword) => !PROSE.test(keyword));
}

function allowsNull(schema: JsonObject): boolean {
  return typesOf(schema).includes('null') || (isArray(schema['enum']) && schema['enum'].includes(null));
}

function typesOf(schema: JsonObject): readonly JsonValue[] {
  const { type } = schema;
  if (type === undefined) return [];
  return isArray(type) ? type : [type];
}

function shapeOf(schema: JsonObject, components: Components, seen: ReadonlySet<JsonObject>): Shape {
  if (isArray(schema['allOf'])) return isComposite(schema, components, seen) ? 'object' : 'other';
  if (saying(schema).some((keyword) => /^(\$ref|anyOf|oneOf|not|if|then|else|\$dynamicRef)$/.test(keyword)))
    return 'other';
  const values = 'const' in schema ? [schema['const'] ?? null] : schema['enum'];
  if (isArray(values)) return shapeOfValues(values);
  const [type = '', ...others] = typesOf(schema).filter((each) => each !== 'null');
  if (others.length > 0) return 'other';
  if (type === 'string') return schema['format'] === 'binary' ? 'file' : 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type === 'array') return 'prefixItems' in schema ? 'other' : 'list';
  return hasProperties(schema) ? 'object' : 'other';
}

/** The empty text cannot be told from no choice: such a list of values is a text to a form. */
function shapeOfValues(values: readonly JsonValue[]): Shape {
  const kept = values.filter((value) => value !== null);
  if (kept.length === 0) return 'other';
  if (kept.every((value) => typeof value === 'boolean')) return 'boolean';
  return kept.every((value) => (typeof value === 'string' && value !== '') || typeof value === 'number')
    ? 'choice'
    : 'other';
}

function hasProperties(schema: JsonObject): boolean {
  return isObject(schema['properties']) && Object.keys(schema['properties']).length > 0;
}

/** True for an `allOf` whose parts are all objects, or say only which members are required. */
function isComposite(schema: JsonObject, components: Components, seen: ReadonlySet<JsonObject>): boolean {
  if (!saying(schema).every((keyword) => OF_OBJECTS.test(keyword))) return false;
  const parts = objectParts(schema, components, seen);
  return parts?.some(hasProperties) ?? false;
}

/**
 * The object schemas that a schema conjoins, itself first; `undefined` when one of them is no object, or leads back.
 */
export function objectParts(
  schema: JsonObject,
  components: Components,
  seen: ReadonlySet<JsonObject> = new Set(),
): readonly JsonObject[] | undefined {
  const parts: JsonObject[] = [schema];
  for (const given of isArray(schema['allOf']) ? schema['allOf'] : []) {
    const reference = textMember(given, '$ref');
    const part = reference === undefined ? given : member(components, componentName(reference));
    if (!isObject(part) || seen.has(part)) return undefined;
    if (isObject(given) && reference !== undefined && saying(given).length > 1) return undefined;
    if (!saying(part).every((keyword) => OF_OBJECTS.test(keyword))) return undefined;
    const inner = objectParts(part, components, new Set([...seen, schema, part]));
    if (inner === undefined) return undefined;
    parts.push(...inner);
  }
  return parts;
}

/** What a number is a multiple of: 1, or more, for integers. `undefined` for any number. */
export function multipleOf(schema: JsonObject): number | undefined {
  const stated = schema['multipleOf'];
  const isInteger = typesOf(schema).includes('integer');
  if (typeof stated !== 'number') return isInteger ? 1 : undefined;
  if (!isInteger || Number.isInteger(stated)) return stated;
  return Number.isInteger(1 / stated) ? 1 : undefined;
}

/** A pattern on one line; the same pattern (ECMA-262 section 22.2.1). */
export function patternOf(schema: JsonObject): string | undefined {
  return textMember(schema, 'pattern')
    ?.replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
}
