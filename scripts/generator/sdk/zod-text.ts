import { fullFormats } from 'ajv-formats/dist/formats.js';

import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { typesOf } from '../lint/schema-parts.ts';
import { isObject } from '../load/json-value.ts';
import { type Code, code, join } from '../print/code.ts';
import { literal, propertyName } from '../print/literal.ts';
import { componentName } from './request-components.ts';
import { isSaidByZod, PATTERNS } from './zod-words.ts';

/** What the schemas of a document are printed with. */
export interface ZodContext {
  /** Gives the expression that stands for a component. */
  readonly refer: (component: string) => Code;
  /** The components, by name. */
  readonly schemas: JsonObject;
  /** Names of properties that some schema of the document says are `readOnly`. */
  readonly readOnly: ReadonlySet<string>;
  /** Whether the schema is one of several alternatives, where the API applies no defaults. */
  readonly isAlternative?: boolean;
}

/**
 * The Zod schema of a JSON schema, as clients send it: without `readOnly` members. A keyword that Zod has no word for is
 * left out, so that the schema allows more than the contract and never less.
 */
export function zodText(schema: JsonValue, context: ZodContext): Code {
  if (!isObject(schema)) return schema === false ? code`z.never()` : code`z.unknown()`;
  const { $ref, allOf, anyOf, oneOf, not, discriminator, ...own } = schema;
  const members = memberRules(own, context);
  const inside = { ...context, isAlternative: true };
  const parts = [
    ...(typeof $ref === 'string' ? [context.refer(componentName($ref))] : []),
    ...list(allOf).map((part) => zodText(part, context)),
    ...(anyOf === undefined ? [] : [union(list(anyOf), inside)]),
    ...(oneOf === undefined
      ? []
      : [discriminator === undefined ? exactlyOne(list(oneOf), inside) : union(list(oneOf), inside)]),
    ...(not === true || (isObject(not ?? null) && Object.keys(not ?? {}).length === 0)
      ? [code`z.never()`]
      : []),
    ...(saysSomething(own) ? [typed(own, context)] : []),
    ...(Object.keys(members).length > 0 ? [code`$text.members(${literal(members)})`] : []),
  ];
  const [first = code`z.unknown()`, ...others] = parts;
  return others.reduce((left, right) => code`z.intersection(${left}, ${right})`, first);
}

/** Names of the properties that are `readOnly` somewhere within a value. */
export function readOnlyNames(
  value: JsonValue,
  schemas: JsonObject,
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const each of list(value)) readOnlyNames(each, schemas, found);
  if (!isObject(value)) return found;
  for (const [name, member] of Object.entries(value)) {
    if (isReadOnly(member, schemas)) found.add(name);
    readOnlyNames(member, schemas, found);
  }
  return found;
}

/** What `z.object` does not say of the members of an object: it never sees those that it does not know. */
function memberRules(schema: JsonObject, { schemas, readOnly }: ZodContext): JsonObject {
  const properties = propertiesOf(schema);
  const isClosed = schema['additionalProperties'] === false && !('patternProperties' in schema);
  // A schema beside this one may hide what is readOnly there, so that it is not required here.
  const required = list(schema['required']).filter(
    (name) => typeof name === 'string' && !Object.hasOwn(properties, name) && !readOnly.has(name),
  );
  const absent = Object.entries(properties)
    .filter(([, property]) => isReadOnly(property, schemas) && !isClosed)
    .map(([name]) => name);
  const { minProperties: least, maxProperties: most } = schema;
  return {
    ...(required.length > 0 ? { required } : {}),
    ...(absent.length > 0 ? { absent } : {}),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
  };
}

function propertiesOf(schema: JsonObject): JsonObject {
  const properties = schema['properties'] ?? null;
  return isObject(properties) ? properties : {};
}

function isReadOnly(property: JsonValue, schemas: JsonObject, depth = 0): boolean {
  if (!isObject(property) || depth > MAX_DEPTH) return false;
  const { readOnly, $ref } = property;
  if (readOnly !== undefined) return readOnly === true;
  const target = typeof $ref === 'string' ? schemas[componentName($ref)] : undefined;
  return isReadOnly(target ?? null, schemas, depth + 1);
}

function refusesNull(schema: JsonValue, schemas: JsonObject, depth = 0): boolean {
  if (!isObject(schema) || depth > MAX_DEPTH) return false;
  const { type, $ref } = schema;
  if (type !== undefined) return !typesOf(schema).includes('null');
  if (typeof $ref !== 'string') return false;
  return refusesNull(schemas[componentName($ref)] ?? null, schemas, depth + 1);
}

/** References that lead on and on are followed so far. */
const MAX_DEPTH = 20;

/**
 * The checks of formats, each by what the API checks it with; those that are not here are not checked. A URI is held to its
 * scheme and characters: the whole of RFC 3986 is a pattern of 2.5 kB.
 */
const FORMATS: Readonly<Record<string, Code>> = {
  uuid: code`z.guid()`,
  uri: code`z.stringFormat('uri', new RegExp(${literal('^[a-z][a-z0-9+.-]*:(?:[a-z0-9._~!$&\'()*+,;=:@/?#\\[\\]"-]|%[0-9a-f]{2})*$')}, 'i'))`,
  'uri-reference': code`z.stringFormat('uri-reference', new RegExp(${literal("^(?:[a-z0-9._~!$&'()*+,;=:@/?#\\[\\]-]|%[0-9a-f]{2})*$")}, 'i'))`,
  // No year 0.
  date: code`z.iso.date().regex(new RegExp('^(?!0000)', 'u'))`,
  'date-time': code`z.stringFormat('datetime', $text.isDateTime)`,
  ...Object.fromEntries(
    (['email', 'hostname', 'ipv4', 'ipv6', 'duration', 'json-pointer'] as const).flatMap((name) => {
      const pattern = name === 'hostname' || name === 'duration' ? PATTERNS[name] : fullFormats[name];
      if (!(pattern instanceof RegExp)) return [];
      const { source, flags } = pattern;
      return [
        [name, code`z.stringFormat(${literal(name)}, new RegExp(${literal(source)}, ${literal(flags)}))`],
      ];
    }),
  ),
};

function saysSomething(schema: JsonObject): boolean {
  return ['type', 'enum', 'const', 'properties', 'items'].some((keyword) => keyword in schema);
}

/** Exactly one of the members, where Zod says each of them whole; else at least one. */
function exactlyOne(members: readonly JsonValue[], context: ZodContext): Code {
  const others = members.filter((member) => !isObject(member) || member['type'] !== 'null');
  // Issues of a nullable schema have the place of the member; those of a choice do not.
  const isNullable = others.length === 1 && others.every((member) => refusesNull(member, context.schemas));
  if (members.length < 2 || isNullable || !members.every((member) => isSaidByZod(member, context.schemas)))
    return union(members, context);
  return code`z.xor([${join(
    members.map((member) => zodText(member, context)),
    ', ',
  )}])`;
}

function union(members: readonly JsonValue[], context: ZodContext): Code {
  const given = members.filter((member) => !isObject(member) || member['type'] !== 'null');
  const texts = given.map((member) => zodText(member, context));
  const [only = code`z.null()`, ...others] = texts;
  const all = others.length === 0 ? only : code`z.union([${join(texts, ', ')}])`;
  return given.length < members.length && given.length > 0 ? code`z.nullable(${all})` : all;
}

function typed(schema: JsonObject, context: ZodContext): Code {
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  if (Array.isArray(values)) {
    const { const: _const, enum: _enum, ...others } = schema;
    const texts = literals(
      (values as readonly JsonValue[]).filter((value) => isOfType(value, typesOf(schema))),
    );
    const isBounded = Object.keys(others).some((keyword) => BOUNDS.has(keyword));
    return isBounded && 'type' in schema ? code`z.intersection(${texts}, ${typed(others, context)})` : texts;
  }
  const types = 'type' in schema ? typesOf(schema) : [implied(schema)];
  const given = types.filter((one) => one !== 'null');
  const texts = given.map((one) => ofType(one, schema, context));
  const [only = code`z.null()`, ...others] = texts;
  const all = others.length === 0 ? only : code`z.union([${join(texts, ', ')}])`;
  return given.length < types.length && given.length > 0 ? code`z.nullable(${all})` : all;
}

function implied(schema: JsonObject): string {
  return 'properties' in schema ? 'object' : 'array';
}

/** Keywords that may refuse a value that is listed. */
const BOUNDS = new Set(
  'minLength maxLength pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum'.split(
    ' ',
  ),
);

/** Whether a scalar is of one of the types, where there are any; other values are not looked into. */
function isOfType(value: JsonValue, types: readonly string[]): boolean {
  if (types.length === 0 || (typeof value === 'object' && value !== null)) return true;
  if (typeof value === 'number') {
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  }
  return types.includes(value === null ? 'null' : typeof value);
}

function literals(values: readonly JsonValue[]): Code {
  const scalars = values.filter((value) => typeof value !== 'object' || value === null);
  // Objects and lists as values are rare, and no form has them.
  if (values.length === 0) return code`z.never()`;
  return scalars.length === values.length ? code`z.literal(${literal(values)})` : code`z.unknown()`;
}

function ofType(type: string, schema: JsonObject, context: ZodContext): Code {
  switch (type) {
    case 'string':
      return stringText(schema);
    case 'integer':
    case 'number':
      return numberText(schema, type === 'integer');
    case 'boolean':
      return code`z.boolean()`;
    case 'array':
      return arrayText(schema, context);
    case 'object':
      return objectText(schema, context);
    default:
      return code`z.unknown()`;
  }
}

function stringText(schema: JsonObject): Code {
  const { minLength, maxLength, pattern, format } = schema;
  const known = typeof format === 'string' ? FORMATS[format] : undefined;
  const most = maxLength === undefined ? code`Infinity` : literal(maxLength);
  const isBounded = minLength !== undefined || maxLength !== undefined;
  const sized = isBounded ? code`$text.text(${literal(minLength ?? 0)}, ${most})` : code`z.string()`;
  const matched =
    typeof pattern === 'string' ? code`${sized}.regex(new RegExp(${literal(pattern)}, 'u'))` : sized;
  if (known === undefined) return matched;
  return isBounded || pattern !== undefined ? code`z.intersection(${known}, ${matched})` : known;
}

function numberText(schema: JsonObject, isInteger: boolean): Code {
  const checks = [
    ['minimum', 'min'],
    ['maximum', 'max'],
    ['exclusiveMinimum', 'gt'],
    ['exclusiveMaximum', 'lt'],
  ] as const;
  const { multipleOf } = schema;
  const divided =
    typeof multipleOf === 'number' ? code`.check($text.multipleOf(${literal(multipleOf)}))` : code``;
  return code`${numberBase(schema, isInteger)}${chain(schema, checks)}${divided}`;
}

/** An integer whose bounds are stated may go beyond 2^53; `z.int()` may not. */
function numberBase(schema: JsonObject, isInteger: boolean): Code {
  const { format } = schema;
  if (format === 'int32') return code`z.int32()`;
  if (!isInteger) return format === 'int64' ? code`$text.whole()` : code`z.number()`;
  const bounds = [
    schema['minimum'] ?? schema['exclusiveMinimum'],
    schema['maximum'] ?? schema['exclusiveMaximum'],
  ];
  const [least, most] = bounds.map((bound) => typeof bound === 'number');
  if (bounds.every((bound) => typeof bound !== 'number' || Number.isSafeInteger(Math.trunc(bound))))
    return code`z.int()`;
  const from = least === true ? code`` : code`.min(${literal(Number.MIN_SAFE_INTEGER)})`;
  const to = most === true ? code`` : code`.max(${literal(Number.MAX_SAFE_INTEGER)})`;
  return code`$text.whole()${from}${to}`;
}

function chain(
  schema: JsonObject,
  checks: readonly (readonly [string, 'min' | 'max' | 'gt' | 'lt'])[],
): Code {
  const calls = checks.flatMap(([keyword, method]) => {
    const value = schema[keyword];
    return typeof value === 'number' ? [code`.${METHODS[method]}(${literal(value)})`] : [];
  });
  return calls.reduce((left, right) => code`${left}${right}`, code``);
}

const METHODS = { min: code`min`, max: code`max`, gt: code`gt`, lt: code`lt` };

function arrayText(schema: JsonObject, context: ZodContext): Code {
  const isTuple = 'prefixItems' in schema;
  const items = isTuple ? code`z.unknown()` : zodText(schema['items'] ?? true, context);
  const checks = [
    ['minItems', 'min'],
    ['maxItems', 'max'],
  ] as const;
  const unique = schema['uniqueItems'] === true ? code`.check($text.unique)` : code``;
  return code`z.array(${items})${chain(schema, checks)}${unique}`;
}

function objectText(schema: JsonObject, context: ZodContext): Code {
  const required = list(schema['required']);
  const sent = Object.entries(propertiesOf(schema)).filter(
    ([, property]) => !isReadOnly(property, context.schemas),
  );
  const members = sent.map(([name, property]) => {
    const text = zodText(property, context);
    const fallback = isObject(property) && !context.isAlternative ? property['default'] : undefined;
    const needed = fallback === undefined ? text : code`$text.given(${text}, ${literal(fallback)})`;
    return required.includes(name)
      ? code`${propertyName(name)}: ${needed},`
      : code`${propertyName(name)}: z.exactOptional(${text}),`;
  });
  const { additionalProperties } = schema;
  const make =
    additionalProperties === false && !('patternProperties' in schema) ? code`strictObject` : code`object`;
  const others =
    isObject(additionalProperties ?? null) || additionalProperties === true
      ? code`.catchall(${zodText(additionalProperties ?? true, context)})`
      : code``;
  if (members.length === 0) return code`z.${make}({})${others}`;
  return code`
    z.${make}({
      ${members}
    })${others}
  `;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
