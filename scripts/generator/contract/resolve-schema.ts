import type { JsonValue, Property, Schema } from './contract.ts';
import { child, descend, items, members, placeOf } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject, member, sameJson, textMember } from '../load/json-value.ts';
import { allOf, finishObject, JSON_SCHEMA, NEVER, unionOf } from './combine-schemas.ts';
import { componentAt, componentKey, documentationOf, referenceTarget, report } from './resolver.ts';
import type { Component, Resolver, Wire } from './resolver.ts';

const OBJECT_KEYWORDS = [
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'unevaluatedProperties',
];
const ARRAY_KEYWORDS = ['items', 'prefixItems'];

/** The shape that a schema object describes. Constraints that TypeScript cannot say are left to validation. */
export function resolveSchema(resolver: Resolver, cursor: Cursor, wire: Wire): Schema {
  const { value } = cursor;
  if (!isObject(value)) return value === false ? NEVER : JSON_SCHEMA;
  const conjuncts: Schema[] = [];
  const ref = textMember(value, '$ref');
  if (ref !== undefined) conjuncts.push(resolveReference(resolver, cursor, ref, wire));
  conjuncts.push(ownShape(resolver, cursor, wire));
  for (const item of items(child(cursor, 'allOf'))) conjuncts.push(resolveSchema(resolver, item, wire));
  for (const keyword of ['oneOf', 'anyOf']) {
    const alternatives = items(child(cursor, keyword));
    if (alternatives.length > 0) {
      conjuncts.push(unionOf(alternatives.map((item) => resolveSchema(resolver, item, wire))));
    }
  }
  const not = member(value, 'not');
  if (not === true || (isObject(not) && Object.keys(not).length === 0)) return NEVER;
  const schema = allOf(conjuncts, (reference) => expand(resolver, reference));
  if (schema.kind === 'never' && !conjuncts.some(({ kind }) => kind === 'never') && resolver.specs.project) {
    report(
      resolver,
      'impossible-schema',
      cursor,
      'no value can satisfy all parts of this schema; make them agree',
    );
  }
  reportImpossibleProperties(resolver, cursor, schema, conjuncts);
  return closeObject(resolver, cursor, schema, wire);
}

/** A property whose descriptions exclude each other, so that it can have no value. */
function reportImpossibleProperties(
  resolver: Resolver,
  cursor: Cursor,
  schema: Schema,
  conjuncts: readonly Schema[],
): void {
  if (schema.kind !== 'object' || conjuncts.length < 2 || !resolver.specs.project) return;
  const stated = conjuncts
    .map((each) => expand(resolver, each))
    .flatMap((each) => (each?.kind === 'object' ? each.properties : []));
  for (const { name } of schema.properties.filter((property) => property.schema.kind === 'never')) {
    if (stated.some((each) => each.name === name && each.schema.kind === 'never')) continue;
    const message = `no value can satisfy all that the parts of this schema say of "${name}"; make them agree`;
    report(resolver, 'impossible-schema', cursor, message);
  }
}

/** `unevaluatedProperties` is about the object that all parts make together. */
function closeObject(resolver: Resolver, cursor: Cursor, schema: Schema, wire: Wire): Schema {
  const further = child(cursor, 'unevaluatedProperties');
  if (schema.kind !== 'object' || further === undefined || !isComposed(cursor.value)) return schema;
  const required = schema.properties.filter((property) => property.required).map(({ name }) => name);
  return finishObject({
    properties: schema.properties,
    required: new Set(required),
    additional: resolveSchema(resolver, further, innerWire(wire)),
  });
}

function isComposed(value: JsonValue): boolean {
  return ['$ref', 'allOf', 'oneOf', 'anyOf'].some((keyword) => member(value, keyword) !== undefined);
}

/** How the properties of an object on a wire arrive. */
function innerWire(wire: Wire): Wire {
  return wire === 'multipart' ? 'part' : 'json';
}

/** A component's own schema; each is resolved once. */
export function resolveComponent(resolver: Resolver, component: Component): Schema {
  const key = componentKey(component.home, component.component);
  const known = resolver.resolved.get(key);
  if (known !== undefined) return known;
  resolver.open.add(key);
  const schema = resolveSchema(resolver, component.cursor, resolver.wires.get(key) ?? 'json');
  resolver.open.delete(key);
  resolver.resolved.set(key, schema);
  return schema;
}

/** What a reference stands for, behind any number of names; any other schema stands for itself. */
export function expand(resolver: Resolver, schema: Schema): Schema | undefined {
  let at: Schema = schema;
  const seen = new Set<string>();
  while (at.kind === 'reference') {
    const key = componentKey(at.home, at.component);
    const component = resolver.components.get(key);
    if (component === undefined || resolver.open.has(key) || seen.has(key)) return undefined;
    seen.add(key);
    at = resolveComponent(resolver, component);
  }
  return at;
}

function resolveReference(resolver: Resolver, cursor: Cursor, ref: string, wire: Wire): Schema {
  const target = referenceTarget(resolver, cursor, ref);
  const named = componentAt(target);
  if (named !== undefined) {
    const key = componentKey(named.home, named.component);
    // A component that is JSON elsewhere is written out where it is a multipart body: its binary parts differ.
    const sameWire = (resolver.wires.get(key) ?? 'json') === wire;
    if (sameWire || resolver.openPointers.has(`${wire} ${key}`)) return { kind: 'reference', ...named };
    return guarded(resolver, `${wire} ${key}`, target, wire) ?? { kind: 'reference', ...named };
  }
  const place = placeOf(target);
  const schema = guarded(resolver, place, target, wire);
  if (schema !== undefined) return schema;
  report(
    resolver,
    'recursive-reference',
    cursor,
    'this reference leads back to itself; make its target a named schema under components/schemas',
  );
  return NEVER;
}

function guarded(resolver: Resolver, place: string, target: Cursor, wire: Wire): Schema | undefined {
  if (resolver.openPointers.has(place)) return undefined;
  resolver.openPointers.add(place);
  const schema = resolveSchema(resolver, target, wire);
  resolver.openPointers.delete(place);
  return schema;
}

/** What `type`, `enum`, `const` and the keywords of objects and arrays say; any JSON when there is none of them. */
function ownShape(resolver: Resolver, cursor: Cursor, wire: Wire): Schema {
  const { value } = cursor;
  const types = typesOf(value);
  const values = literalValues(value);
  if (values?.length === 0 && resolver.specs.project) {
    report(
      resolver,
      'impossible-schema',
      cursor,
      'no value is left by enum and const; list the values that are allowed',
    );
  }
  // An empty enum of an external document says nothing that a value could keep to.
  if (values !== undefined && values.length > 0) {
    return unionOf(
      values.filter((each) => types.length === 0 || types.some((type) => isOfType(each, type))).map(literal),
    );
  }
  const known = types.length > 0 ? types : inferredTypes(value);
  if (known.length === 0) {
    return wire === 'part' && isBinary(value) ? { kind: 'binary' } : JSON_SCHEMA;
  }
  return unionOf(known.map((type) => shapeOfType(resolver, cursor, type, wire)));
}

function shapeOfType(resolver: Resolver, cursor: Cursor, type: string, wire: Wire): Schema {
  const format = textMember(cursor.value, 'format') ?? '';
  switch (type) {
    case 'string':
      if (wire === 'part' && isBinary(cursor.value)) return { kind: 'binary' };
      return { kind: 'string', format };
    case 'integer':
    case 'number':
      return { kind: 'number', integer: type === 'integer', format };
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return { kind: 'null' };
    case 'array':
      return resolveArray(resolver, cursor, wire);
    default:
      return resolveObject(resolver, cursor, wire);
  }
}

function resolveArray(resolver: Resolver, cursor: Cursor, wire: Wire): Schema {
  const inner = wire === 'part' ? 'part' : 'json';
  const further = child(cursor, 'items');
  const rest = further === undefined ? JSON_SCHEMA : resolveSchema(resolver, further, inner);
  const prefix = items(child(cursor, 'prefixItems'));
  if (prefix.length === 0) return { kind: 'array', items: rest };
  const shapes = prefix.map((item) => resolveSchema(resolver, item, inner));
  // Unless minItems asks for all of them, any of the first items may be missing: then only their union is sure.
  const minimum = member(cursor.value, 'minItems');
  if (typeof minimum !== 'number' || minimum < prefix.length)
    return { kind: 'array', items: unionOf([...shapes, rest]) };
  const maximum = member(cursor.value, 'maxItems');
  const closed =
    member(cursor.value, 'unevaluatedItems') === false ||
    (typeof maximum === 'number' && maximum <= prefix.length);
  return { kind: 'tuple', items: shapes, rest: closed ? NEVER : rest };
}

function resolveObject(resolver: Resolver, cursor: Cursor, wire: Wire): Schema {
  const inner = innerWire(wire);
  const required = member(cursor.value, 'required');
  const patterns = members(child(cursor, 'patternProperties')).map(([, each]) =>
    resolveSchema(resolver, each, inner),
  );
  const unevaluated = isComposed(cursor.value) ? undefined : child(cursor, 'unevaluatedProperties');
  const further = child(cursor, 'additionalProperties') ?? unevaluated;
  const stated = further === undefined ? undefined : resolveSchema(resolver, further, inner);
  return finishObject({
    properties: members(child(cursor, 'properties')).map(([name, each]) =>
      resolveProperty(resolver, name, each, inner),
    ),
    required: new Set(isArray(required) ? required.filter((name) => typeof name === 'string') : []),
    additional: patterns.length === 0 ? stated : unionOf([...patterns, stated ?? JSON_SCHEMA]),
  });
}

function resolveProperty(resolver: Resolver, name: string, cursor: Cursor, wire: Wire): Property {
  return {
    name,
    schema: resolveSchema(resolver, cursor, wire),
    required: false,
    readOnly: hasFlag(resolver, cursor, 'readOnly'),
    writeOnly: hasFlag(resolver, cursor, 'writeOnly'),
    documentation: documentationOf(cursor),
  };
}

/** Whether a schema is flagged itself, or through what it is made of. */
function hasFlag(resolver: Resolver, cursor: Cursor, flag: 'readOnly' | 'writeOnly', depth = 0): boolean {
  if (member(cursor.value, flag) === true) return true;
  if (depth > 20) return false;
  const ref = textMember(cursor.value, '$ref');
  if (ref !== undefined && hasFlag(resolver, referenceTarget(resolver, cursor, ref), flag, depth + 1))
    return true;
  return items(child(cursor, 'allOf')).some((item) => hasFlag(resolver, item, flag, depth + 1));
}

/**
 * The default of a value: that of its schema, of what it refers to, of a part of its `allOf`, or the only one that its alternatives
 * have; `undefined` when there is none. The contract runtime applies the same one.
 */
export function schemaDefault(resolver: Resolver, cursor: Cursor, depth = 0): JsonValue | undefined {
  const own = member(cursor.value, 'default');
  if (own !== undefined || depth > 20) return own;
  const ref = textMember(cursor.value, '$ref');
  const targets = [
    ...(ref === undefined ? [] : [referenceTarget(resolver, cursor, ref)]),
    ...items(descend(cursor, 'allOf')),
  ];
  const found = targets
    .map((target) => schemaDefault(resolver, target, depth + 1))
    .find((each) => each !== undefined);
  if (found !== undefined) return found;
  // Alternatives that agree, or of which one alone has a default.
  const [first, ...others] = ['oneOf', 'anyOf']
    .flatMap((keyword) => items(child(cursor, keyword)))
    .map((each) => schemaDefault(resolver, each, depth + 1))
    .filter((each) => each !== undefined);
  return first !== undefined && others.every((each) => sameJson(each, first)) ? first : undefined;
}

/** Octets in a multipart part: `format: binary` (3.0), or `contentMediaType` without an encoding (3.1 section 4.8.14.3). */
export function isBinary(value: JsonValue): boolean {
  const encoding = textMember(value, 'contentEncoding');
  if (textMember(value, 'format') === 'binary' || encoding === 'binary') return true;
  const mediaType = textMember(value, 'contentMediaType');
  return mediaType !== undefined && encoding === undefined && !/^text\/|json/.test(mediaType);
}

function typesOf(value: JsonValue): readonly string[] {
  const type = member(value, 'type');
  if (typeof type === 'string') return [type];
  return isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

function inferredTypes(value: JsonValue): readonly string[] {
  if (OBJECT_KEYWORDS.some((keyword) => member(value, keyword) !== undefined)) return ['object'];
  return ARRAY_KEYWORDS.some((keyword) => member(value, keyword) !== undefined) ? ['array'] : [];
}

function literalValues(value: JsonValue): readonly JsonValue[] | undefined {
  const constant = member(value, 'const');
  const values = member(value, 'enum');
  if (constant === undefined) return isArray(values) ? values : undefined;
  return isArray(values) && !values.some((each) => sameJson(each, constant)) ? [] : [constant];
}

function literal(value: JsonValue): Schema {
  return value === null ? { kind: 'null' } : { kind: 'literal', value };
}

function isOfType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
