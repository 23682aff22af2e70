import type { ObjectSchema, Property, Schema } from './contract.ts';
import { sameData, sameJson } from '../load/json-value.ts';
import type { JsonValue } from './contract.ts';

/** What an object schema says before its defaults are filled in; merging needs to know what was left open. */
export interface ObjectParts {
  readonly properties: readonly Property[];
  /** Names that must be present, listed as properties or not. */
  readonly required: ReadonlySet<string>;
  /** `undefined` when the schema says nothing about further properties. */
  readonly additional: Schema | undefined;
}

/** Finished objects to what they were made of. */
const partsOfObject = new WeakMap<ObjectSchema, ObjectParts>();

/** Any JSON value. */
export const JSON_SCHEMA: Schema = { kind: 'json' };
/** No value. */
export const NEVER: Schema = { kind: 'never' };
const SOME_OBJECT: Schema = { kind: 'object', properties: [], additional: JSON_SCHEMA };

/**
 * Fills in what an object schema leaves open: a required name without a schema is any JSON, and further properties are
 * any JSON when no property is listed. Beside listed properties, unmentioned ones are not offered to the code.
 */
export function finishObject(parts: ObjectParts): ObjectSchema {
  const listed = new Set(parts.properties.map(({ name }) => name));
  const unlisted = [...parts.required].filter((name) => !listed.has(name));
  const properties: readonly Property[] = [
    ...parts.properties.map((property) => ({ ...property, required: parts.required.has(property.name) })),
    ...unlisted.map((name) => ({
      name,
      schema:
        parts.additional === undefined || parts.additional.kind === 'never' ? JSON_SCHEMA : parts.additional,
      required: true,
      readOnly: false,
      writeOnly: false,
      documentation: { summary: '', description: '', deprecated: false },
    })),
  ];
  const object: ObjectSchema = {
    kind: 'object',
    properties,
    additional: parts.additional ?? (properties.length > 0 ? NEVER : JSON_SCHEMA),
  };
  partsOfObject.set(object, parts);
  return object;
}

/** What a finished object was made of. */
export function partsOf(object: ObjectSchema): ObjectParts {
  return (
    partsOfObject.get(object) ?? {
      properties: object.properties,
      required: new Set(object.properties.filter((property) => property.required).map(({ name }) => name)),
      additional: object.additional,
    }
  );
}

/**
 * One of several: flattened, without repetition, without members that another one covers. Texts listed beside `string` stay: they
 * are the known values of a list that may grow.
 */
export function unionOf(schemas: readonly Schema[]): Schema {
  const flat = schemas.flatMap((item) => (item.kind === 'union' ? item.members : [item]));
  if (flat.some(({ kind }) => kind === 'json')) return JSON_SCHEMA;
  const members = distinct(flat.filter(({ kind }) => kind !== 'never'));
  const covering = members.filter(({ kind }) => kind !== 'literal' && kind !== 'string');
  const kept = members.filter(
    (schema) => schema.kind !== 'literal' || !covering.some((other) => coversLiteral(other, schema.value)),
  );
  const [first, second] = kept;
  if (first === undefined) return NEVER;
  return second === undefined ? first : { kind: 'union', members: kept };
}

/** Without repetition. Scalars are told apart by a set, because an enumeration may have thousands of them. */
function distinct(schemas: readonly Schema[]): Schema[] {
  const scalars = new Set<JsonValue>();
  const others: Schema[] = [];
  return schemas.filter((schema) => {
    if (schema.kind === 'literal' && typeof schema.value !== 'object') {
      const isNew = !scalars.has(schema.value);
      scalars.add(schema.value);
      return isNew;
    }
    const isNew = !others.some((known) => sameSchema(known, schema));
    if (isNew) others.push(schema);
    return isNew;
  });
}

/** Whether every value equal to `value` belongs to a scalar schema. */
function coversLiteral(schema: Schema, value: JsonValue): boolean {
  if (schema.kind === 'string' || schema.kind === 'boolean') return typeof value === schema.kind;
  if (schema.kind === 'number')
    return typeof value === 'number' && (!schema.integer || Number.isInteger(value));
  return schema.kind === 'null' && value === null;
}

/** Finds what a reference stands for; `undefined` while that is still being resolved. */
export type Expand = (schema: Schema) => Schema | undefined;

/** All of several. Plain objects become one object; what cannot be merged stays an intersection. */
export function allOf(schemas: readonly Schema[], expand: Expand): Schema {
  return schemas.reduce((left, right) => intersect(left, right, expand), JSON_SCHEMA);
}

function intersect(left: Schema, right: Schema, expand: Expand): Schema {
  if (left.kind === 'json' || right.kind === 'never') return right;
  if (right.kind === 'json' || left.kind === 'never') return left;
  if (sameSchema(left, right)) return left;
  if (left.kind === 'union') return intersectUnion(left.members, right, expand, true);
  if (right.kind === 'union') return intersectUnion(right.members, left, expand, false);
  if (left.kind === 'intersection' || right.kind === 'intersection') return intersection([left, right]);
  if (left.kind === 'reference' || right.kind === 'reference') return intersectReference(left, right, expand);
  if (left.kind === 'object' && right.kind === 'object') return mergeObjects(left, right, expand);
  if (left.kind === 'literal') return coversKind(right, left.value) ? left : NEVER;
  if (right.kind === 'literal') return coversKind(left, right.value) ? right : NEVER;
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', integer: left.integer || right.integer, format: left.format || right.format };
  }
  if (left.kind === 'string' && right.kind === 'string')
    return { kind: 'string', format: left.format || right.format };
  if (left.kind === 'array' && right.kind === 'array') {
    return { kind: 'array', items: intersect(left.items, right.items, expand) };
  }
  if (left.kind === 'binary' && right.kind === 'string') return left;
  if (left.kind === 'string' && right.kind === 'binary') return right;
  if (left.kind === 'tuple' && right.kind === 'array') return left;
  if (left.kind === 'array' && right.kind === 'tuple') return right;
  return left.kind === right.kind ? intersection([left, right]) : NEVER;
}

function intersectUnion(members: readonly Schema[], other: Schema, expand: Expand, first: boolean): Schema {
  const otherKind = expand(other)?.kind ?? other.kind;
  const isObject = (schema: Schema): boolean => {
    const kind = (expand(schema) ?? schema).kind;
    return kind === 'object' || kind === 'intersection' || kind === 'reference';
  };
  // An object beside alternatives that are objects reads best as it was written: `Base & (A | B)`.
  if (otherKind === 'object' && !isTrivialObject(other)) {
    const objects = members.filter(isObject);
    if (objects.length === 0) return NEVER;
    if (objects.length > 1) {
      return intersection(first ? [unionOf(objects), other] : [other, unionOf(objects)]);
    }
  }
  return unionOf(
    members.map((each) => (first ? intersect(each, other, expand) : intersect(other, each, expand))),
  );
}

function intersectReference(left: Schema, right: Schema, expand: Expand): Schema {
  const leftTarget = expand(left);
  const rightTarget = expand(right);
  // What is still being resolved is taken for an object here: the type is then wider, never wrong.
  if (isTrivialObject(right) && (leftTarget ?? SOME_OBJECT).kind === 'object') return left;
  if (isTrivialObject(left) && (rightTarget ?? SOME_OBJECT).kind === 'object') return right;
  if (leftTarget === undefined || rightTarget === undefined) return intersection([left, right]);
  if (leftTarget.kind === 'union' || rightTarget.kind === 'union') {
    // Only the alternatives that can hold are kept; when all can, the names stay.
    const merged = intersect(leftTarget, rightTarget, expand);
    return merged.kind === 'intersection' ? intersection([left, right]) : merged;
  }
  return intersect(leftTarget, rightTarget, expand);
}

/** `type: object` and nothing else: adds nothing to another object. */
function isTrivialObject(schema: Schema): boolean {
  if (schema.kind !== 'object') return false;
  const parts = partsOf(schema);
  return (
    parts.properties.length === 0 &&
    parts.required.size === 0 &&
    (parts.additional?.kind ?? 'json') === 'json'
  );
}

function intersection(schemas: readonly Schema[]): Schema {
  const members = distinct(schemas.flatMap((item) => (item.kind === 'intersection' ? item.members : [item])));
  const [first, second] = members;
  if (first === undefined) return JSON_SCHEMA;
  return second === undefined ? first : { kind: 'intersection', members };
}

function mergeObjects(left: ObjectSchema, right: ObjectSchema, expand: Expand): Schema {
  const [a, b] = [partsOf(left), partsOf(right)];
  const properties = new Map(a.properties.map((property) => [property.name, property]));
  for (const property of b.properties) {
    const known = properties.get(property.name);
    properties.set(property.name, known === undefined ? property : mergeProperty(known, property, expand));
  }
  const additional =
    a.additional === undefined || b.additional === undefined
      ? (a.additional ?? b.additional)
      : intersect(a.additional, b.additional, expand);
  return finishObject({
    properties: [...properties.values()],
    required: new Set([...a.required, ...b.required]),
    additional,
  });
}

function mergeProperty(left: Property, right: Property, expand: Expand): Property {
  return {
    name: left.name,
    schema: intersect(left.schema, right.schema, expand),
    required: left.required || right.required,
    readOnly: left.readOnly || right.readOnly,
    writeOnly: left.writeOnly || right.writeOnly,
    documentation: {
      summary: right.documentation.summary || left.documentation.summary,
      description: right.documentation.description || left.documentation.description,
      deprecated: left.documentation.deprecated || right.documentation.deprecated,
    },
  };
}

function coversKind(schema: Schema, value: JsonValue): boolean {
  if (schema.kind === 'literal') return sameJson(schema.value, value);
  if (schema.kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (schema.kind === 'array' || schema.kind === 'tuple') return Array.isArray(value);
  return coversLiteral(schema, value);
}

/** Whether two schemas are the same, member by member. */
export function sameSchema(left: Schema, right: Schema): boolean {
  return left === right || sameData(left, right);
}
