import type { ScalarTypes } from '../operation.ts';
import { arrayAt, isJsonObject, type JsonDocument, type JsonObject } from './json-document.ts';

/** How one field of a form or multipart body becomes a value. */
export type BodyField =
  | { readonly kind: 'scalar'; readonly types: ScalarTypes }
  | { readonly kind: 'array'; readonly items: ScalarTypes }
  /** An object, or an array of them: JSON text (OpenAPI 3.1 section 4.8.15.1). */
  | { readonly kind: 'json'; readonly array: boolean }
  | { readonly kind: 'file'; readonly array: boolean };

/** The fields of a form or multipart body. */
export interface BodyFields {
  readonly fields: ReadonlyMap<string, BodyField>;
  /** How a field that the schema does not list is read. */
  readonly other: BodyField;
}

const TYPE_ORDER = ['integer', 'number', 'boolean', 'null', 'string'] as const;
const TEXT: BodyField = { kind: 'scalar', types: ['string'] };

/** Reads the fields off a body's schema, members of `allOf` included. */
export function describeBodyFields(document: JsonDocument, schema: unknown): BodyFields {
  const fields = new Map<string, BodyField>();
  let other = TEXT;
  for (const part of flatten(document, schema)) {
    const properties = isJsonObject(part['properties']) ? part['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      fields.set(name, describeField(document, property));
    }
    if (isJsonObject(part['additionalProperties']))
      other = describeField(document, part['additionalProperties']);
  }
  return { fields, other };
}

/** Octets: `format: binary`, or in 3.1 a `contentMediaType` that is not text, without an encoding. */
export function isFileSchema(document: JsonDocument, node: unknown): boolean {
  const schema = document.resolveObject(node);
  if (schema['format'] === 'binary') return true;
  const mediaType = schema['contentMediaType'];
  if (typeof mediaType !== 'string' || schema['contentEncoding'] !== undefined) return false;
  return !/^text\/|json/.test(mediaType);
}

function describeField(document: JsonDocument, node: unknown): BodyField {
  const schema = document.resolveObject(node);
  if (isFileSchema(document, schema)) return { kind: 'file', array: false };
  const types = typesOf(document, schema);
  if (types.has('array')) {
    if (isFileSchema(document, schema['items'])) return { kind: 'file', array: true };
    const items = typesOf(document, document.resolveObject(schema['items']));
    if (items.has('object') || items.has('array')) return { kind: 'json', array: true };
    return { kind: 'array', items: scalarTypes(items) };
  }
  if (types.has('object')) return { kind: 'json', array: false };
  return { kind: 'scalar', types: scalarTypes(types) };
}

function scalarTypes(types: ReadonlySet<string>): ScalarTypes {
  const scalars = TYPE_ORDER.filter((type) => types.has(type));
  return scalars.length === 0 ? ['string'] : scalars;
}

/** Names of the types that a schema allows, as far as they are written down. */
function typesOf(document: JsonDocument, schema: JsonObject, depth = 0): Set<string> {
  const types = new Set<string>();
  if (depth > 16) return types;
  const type = schema['type'];
  if (typeof type === 'string') types.add(type);
  else if (Array.isArray(type)) for (const name of type) types.add(String(name));
  else if (isJsonObject(schema['properties'])) types.add('object');
  const values = 'const' in schema ? [schema['const']] : arrayAt(schema, 'enum');
  if (types.size === 0) for (const value of values) types.add(typeOfValue(value));
  if (types.size > 0) return types;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const member of arrayAt(schema, keyword)) {
      for (const name of typesOf(document, document.resolveObject(member), depth + 1)) types.add(name);
    }
  }
  return types;
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function flatten(document: JsonDocument, node: unknown, depth = 0): JsonObject[] {
  const schema = document.resolveObject(node);
  if (depth > 16) return [schema];
  return [schema, ...arrayAt(schema, 'allOf').flatMap((member) => flatten(document, member, depth + 1))];
}
