import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { isObject } from '../load/json-value.ts';

/**
 * An OpenAPI 3.1 document as OpenAPI 3.0.3 says it, for tools that know no later version: `null` in a list of types
 * becomes `nullable`, `const` an `enum` of one, a list of types an `anyOf`, exclusive bounds flags.
 *
 * Tuples become lists of any of their items: 3.0 has no other word for them.
 */
export function threeZeroView(document: JsonObject): JsonObject {
  const { jsonSchemaDialect: _dialect, webhooks: _webhooks, ...rest } = document;
  return asObject(convert({ ...rest, openapi: '3.0.3' }));
}

function convert(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(convert);
  if (!isObject(value)) return value;
  const converted = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, convert(member)]));
  return isSchema(converted) ? convertSchema(converted) : converted;
}

/** Only schemas have these; a property that is called `type` holds a schema, no list and no string. */
function isSchema(value: JsonObject): boolean {
  const { type } = value;
  return (
    typeof type === 'string' ||
    Array.isArray(type) ||
    'const' in value ||
    'anyOf' in value ||
    'oneOf' in value
  );
}

function convertSchema(schema: JsonObject): JsonObject {
  return [constToEnum, nullOfTypes, nullOfUnion, bounds, tuple, examples].reduce(
    (converted, step) => step(converted),
    schema,
  );
}

function constToEnum(schema: JsonObject): JsonObject {
  if (!('const' in schema) || isObject(schema['const'] ?? null)) return schema;
  const { const: value = null, ...rest } = schema;
  return { ...rest, enum: [value] };
}

function nullOfTypes(schema: JsonObject): JsonObject {
  const { type, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const types = (type as readonly JsonValue[]).filter((one) => one !== 'null');
  const nullable = types.length < type.length ? { nullable: true } : {};
  const [only, ...others] = types;
  if (others.length === 0) return { ...rest, ...(only === undefined ? {} : { type: only }), ...nullable };
  return { ...rest, anyOf: types.map((one) => ({ type: one })), ...nullable };
}

/** `anyOf: [X, { type: null }]` is a nullable X; what stands beside a `$ref` is not seen, so it stays in a list. */
function nullOfUnion(schema: JsonObject): JsonObject {
  for (const keyword of ['anyOf', 'oneOf']) {
    const members = schema[keyword];
    if (!Array.isArray(members)) continue;
    const kept = (members as readonly JsonValue[]).filter(
      (member) => !isObject(member) || member['type'] !== 'null',
    );
    if (kept.length === members.length) continue;
    const { [keyword]: _members, ...rest } = schema;
    return { ...rest, [kept.length === 1 ? 'allOf' : keyword]: kept, nullable: true };
  }
  return schema;
}

function bounds(schema: JsonObject): JsonObject {
  return flagged(flagged(schema, 'exclusiveMinimum', 'minimum'), 'exclusiveMaximum', 'maximum');
}

function flagged(schema: JsonObject, exclusive: string, inclusive: string): JsonObject {
  const bound = schema[exclusive];
  return typeof bound === 'number' ? { ...schema, [inclusive]: bound, [exclusive]: true } : schema;
}

function tuple(schema: JsonObject): JsonObject {
  const { prefixItems, ...rest } = schema;
  if (!Array.isArray(prefixItems)) return schema;
  return { ...rest, items: { anyOf: prefixItems as readonly JsonValue[] } };
}

function examples(schema: JsonObject): JsonObject {
  const { examples: list, ...rest } = schema;
  if (!Array.isArray(list)) return schema;
  const [first] = list as readonly JsonValue[];
  return first === undefined ? rest : { ...rest, example: first };
}

function asObject(value: JsonValue): JsonObject {
  return isObject(value) ? value : {};
}
