import type { ScalarTypes } from '../operation.ts';
import { arrayAt, isJsonObject, type JsonDocument, type JsonObject } from './json-document.ts';

/** How one field of a form or multipart body becomes a value. */
export type BodyField =
  | { readonly kind: 'scalar'; readonly types: ScalarTypes }
  | { readonly kind: 'array'; readonly items: ScalarTypes }
  /** An object, or an array of them: JSON text (OpenAPI 3.1 section 4.8.15.1). */
  | {
      readonly kind: 'json';
      readonly array: boolean;
      /** An array whose items may be arrays: each field is one item, never all of them. */
      readonly nested: boolean;
    }
  /** `mediaType` is what a file's type must fall under: `image/png`. */
  | { readonly kind: 'file'; readonly array: boolean; readonly mediaType: string | undefined };

/** The fields of a form or multipart body. */
export interface BodyFields {
  readonly fields: ReadonlyMap<string, BodyField>;
  /** How a field that the schema does not list is read. */
  readonly other: BodyField;
}

const TYPE_ORDER = ['integer', 'number', 'boolean', 'null', 'string'] as const;
const TEXT: BodyField = { kind: 'scalar', types: ['string'] };
const MAX_DEPTH = 16;

/** Reads the fields off a body's schema, members of `allOf`, `anyOf` and `oneOf` included. */
export function describeBodyFields(document: JsonDocument, schema: unknown): BodyFields {
  const stated = new Map<string, unknown[]>();
  const additional: unknown[] = [];
  for (const part of partsOf(document, schema)) {
    const properties = isJsonObject(part['properties']) ? part['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      const known = stated.get(name);
      if (known === undefined) stated.set(name, [property]);
      else known.push(property);
    }
    if (isJsonObject(part['additionalProperties'])) additional.push(part['additionalProperties']);
  }
  const fields = new Map<string, BodyField>();
  // What several parts say of one property holds together.
  for (const [name, properties] of stated) fields.set(name, describeField(document, { allOf: properties }));
  return {
    fields,
    other: additional.length === 0 ? TEXT : describeField(document, { allOf: additional }),
  };
}

/** Octets: `format: binary`, or in 3.1 a `contentMediaType` that is not text, without an encoding. */
function fileTypeOf(
  document: JsonDocument,
  node: unknown,
): { readonly mediaType: string | undefined } | undefined {
  for (const schema of partsOf(document, node)) {
    const mediaType = schema['contentMediaType'];
    const isNamed = typeof mediaType === 'string' && schema['contentEncoding'] === undefined;
    if (schema['format'] === 'binary' || (isNamed && !/^text\/|json/.test(mediaType))) {
      return { mediaType: isNamed ? mediaType.toLowerCase() : undefined };
    }
  }
  return undefined;
}

function describeField(document: JsonDocument, node: unknown): BodyField {
  const file = fileTypeOf(document, node);
  if (file !== undefined) return { kind: 'file', array: false, ...file };
  const types = typesOf(document, node) ?? new Set<string>();
  if (types.has('array')) {
    const lists = partsOf(document, node);
    const members = [
      ...lists.filter((part) => 'items' in part).map((part) => part['items']),
      ...lists.flatMap((part) => arrayAt(part, 'prefixItems')),
    ];
    const files = members.map((member) => fileTypeOf(document, member)).find((each) => each !== undefined);
    if (files !== undefined) return { kind: 'file', array: true, ...files };
    const items = union(members.map((member) => typesOf(document, member)));
    if (items.has('object') || items.has('array')) {
      return { kind: 'json', array: true, nested: items.has('array') };
    }
    return { kind: 'array', items: scalarTypes(items) };
  }
  if (types.has('object')) return { kind: 'json', array: false, nested: false };
  return { kind: 'scalar', types: scalarTypes(types) };
}

function scalarTypes(types: ReadonlySet<string>): ScalarTypes {
  const scalars = TYPE_ORDER.filter((type) => types.has(type));
  return scalars.length === 0 ? ['string'] : scalars;
}

/** Names of the types that a schema allows, as far as they are written down; undefined when nothing is. */
function typesOf(document: JsonDocument, node: unknown, depth = 0): ReadonlySet<string> | undefined {
  if (!isJsonObject(node) || depth > MAX_DEPTH) return undefined;
  const alternatives = (keyword: string): ReadonlySet<string> | undefined => {
    const members = arrayAt(node, keyword).map((member) => typesOf(document, member, depth + 1));
    if (members.length === 0 || members.includes(undefined)) return undefined;
    return union(members);
  };
  const stated = [
    ownTypes(node),
    typeof node['$ref'] === 'string'
      ? typesOf(document, document.lookUp(node['$ref']), depth + 1)
      : undefined,
    ...arrayAt(node, 'allOf').map((part) => typesOf(document, part, depth + 1)),
    alternatives('anyOf'),
    alternatives('oneOf'),
  ].filter((types) => types !== undefined);
  const [first, ...others] = stated;
  return others.reduce<ReadonlySet<string> | undefined>((all, types) => both(all ?? types, types), first);
}

function union(all: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const types of all) for (const type of types ?? []) found.add(type);
  return found;
}

/** Types that two schemas have in common. */
function both(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return union([
    new Set([...one].filter((type) => isAmong(type, other))),
    new Set([...other].filter((type) => isAmong(type, one))),
  ]);
}

/** An integer is a number. */
function isAmong(type: string, types: ReadonlySet<string>): boolean {
  return types.has(type) || (type === 'integer' && types.has('number'));
}

function ownTypes(schema: JsonObject): ReadonlySet<string> | undefined {
  const type = schema['type'];
  if (typeof type === 'string') return new Set([type]);
  if (Array.isArray(type)) return new Set(type.map(String));
  if (isJsonObject(schema['properties'])) return new Set(['object']);
  const values = 'const' in schema ? [schema['const']] : arrayAt(schema, 'enum');
  return values.length === 0 ? undefined : new Set(values.map(typeOfValue));
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** A schema and all that it is made of, references followed. */
function partsOf(document: JsonDocument, node: unknown, depth = 0): JsonObject[] {
  if (!isJsonObject(node) || depth > MAX_DEPTH) return [];
  const reference = node['$ref'];
  const inner = [
    ...(typeof reference === 'string' ? [document.lookUp(reference)] : []),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => arrayAt(node, keyword)),
  ];
  return [node, ...inner.flatMap((each) => partsOf(document, each, depth + 1))];
}
