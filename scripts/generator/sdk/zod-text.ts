import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { isObject } from '../load/json-value.ts';
import { type Code, code, join } from '../print/code.ts';
import { literal, propertyName } from '../print/literal.ts';

/** Gives the expression that stands for a component. */
export type ReferComponent = (component: string) => Code;

/**
 * The Zod schema of a JSON schema, as clients send it: without `readOnly` members. A keyword that Zod has no word for is
 * left out, so that the schema allows more than the contract and never less.
 */
export function zodText(schema: JsonValue, refer: ReferComponent): Code {
  if (!isObject(schema)) return schema === false ? code`z.never()` : code`z.unknown()`;
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const parts = [
    ...(typeof $ref === 'string' ? [refer($ref.replace('#/components/schemas/', ''))] : []),
    ...list(allOf).map((part) => zodText(part, refer)),
    ...[anyOf, oneOf].flatMap((members) => (members === undefined ? [] : [union(list(members), refer)])),
    ...(saysSomething(own) ? [typed(own, refer)] : []),
  ];
  const [first = code`z.unknown()`, ...others] = parts;
  return others.reduce((left, right) => code`z.intersection(${left}, ${right})`, first);
}

/** Zod's own checks of formats; those that it does not know are not checked. */
const FORMATS: Readonly<Record<string, Code>> = {
  uuid: code`z.guid()`,
  email: code`z.email()`,
  uri: code`z.url()`,
  date: code`z.iso.date()`,
  'date-time': code`z.iso.datetime({ offset: true })`,
  ipv4: code`z.ipv4()`,
  ipv6: code`z.ipv6()`,
};

function saysSomething(schema: JsonObject): boolean {
  return ['type', 'enum', 'const', 'properties', 'items'].some((keyword) => keyword in schema);
}

function union(members: readonly JsonValue[], refer: ReferComponent): Code {
  const given = members.filter((member) => !isObject(member) || member['type'] !== 'null');
  const texts = given.map((member) => zodText(member, refer));
  const [only = code`z.null()`, ...others] = texts;
  const all = others.length === 0 ? only : code`z.union([${join(texts, ', ')}])`;
  return given.length < members.length && given.length > 0 ? code`z.nullable(${all})` : all;
}

function typed(schema: JsonObject, refer: ReferComponent): Code {
  if (schema['const'] !== undefined) return literals([schema['const']]);
  if (Array.isArray(schema['enum'])) return literals(schema['enum'] as readonly JsonValue[]);
  const { type } = schema;
  const types = Array.isArray(type) ? (type as readonly JsonValue[]) : [type ?? implied(schema)];
  const given = types.filter((one) => one !== 'null');
  const texts = given.map((one) => ofType(one, schema, refer));
  const [only = code`z.null()`, ...others] = texts;
  const all = others.length === 0 ? only : code`z.union([${join(texts, ', ')}])`;
  return given.length < types.length && given.length > 0 ? code`z.nullable(${all})` : all;
}

function implied(schema: JsonObject): string {
  return 'properties' in schema ? 'object' : 'array';
}

function literals(values: readonly JsonValue[]): Code {
  const scalars = values.filter((value) => typeof value !== 'object' || value === null);
  // Objects and lists as values are rare, and no form has them.
  return scalars.length === values.length ? code`z.literal(${literal(values)})` : code`z.unknown()`;
}

function ofType(type: JsonValue, schema: JsonObject, refer: ReferComponent): Code {
  switch (typeof type === 'string' ? type : '') {
    case 'string':
      return stringText(schema);
    case 'integer':
      return code`z.int()${numberChecks(schema)}`;
    case 'number':
      return code`z.number()${numberChecks(schema)}`;
    case 'boolean':
      return code`z.boolean()`;
    case 'array':
      return arrayText(schema, refer);
    case 'object':
      return objectText(schema, refer);
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

function numberChecks(schema: JsonObject): Code {
  const checks = [
    ['minimum', 'min'],
    ['maximum', 'max'],
    ['exclusiveMinimum', 'gt'],
    ['exclusiveMaximum', 'lt'],
    ['multipleOf', 'multipleOf'],
  ] as const;
  return chain(schema, checks);
}

function chain(
  schema: JsonObject,
  checks: readonly (readonly [string, 'min' | 'max' | 'gt' | 'lt' | 'multipleOf'])[],
): Code {
  const calls = checks.flatMap(([keyword, method]) => {
    const value = schema[keyword];
    return typeof value === 'number' ? [code`.${METHODS[method]}(${literal(value)})`] : [];
  });
  return calls.reduce((left, right) => code`${left}${right}`, code``);
}

const METHODS = { min: code`min`, max: code`max`, gt: code`gt`, lt: code`lt`, multipleOf: code`multipleOf` };

function arrayText(schema: JsonObject, refer: ReferComponent): Code {
  const isTuple = 'prefixItems' in schema;
  const items = isTuple ? code`z.unknown()` : zodText(schema['items'] ?? true, refer);
  const checks = [
    ['minItems', 'min'],
    ['maxItems', 'max'],
  ] as const;
  return code`z.array(${items})${chain(schema, checks)}`;
}

function objectText(schema: JsonObject, refer: ReferComponent): Code {
  const required = list(schema['required']);
  const given = schema['properties'] ?? null;
  const properties = isObject(given) ? given : {};
  const sent = Object.entries(properties).filter(
    ([, property]) => !isObject(property) || property['readOnly'] !== true,
  );
  const members = sent.map(([name, property]) => {
    const text = zodText(property, refer);
    return required.includes(name)
      ? code`${propertyName(name)}: ${text},`
      : code`${propertyName(name)}: z.exactOptional(${text}),`;
  });
  const { additionalProperties } = schema;
  const make =
    additionalProperties === false && !('patternProperties' in schema) ? code`strictObject` : code`object`;
  const others =
    isObject(additionalProperties ?? null) || additionalProperties === true
      ? code`.catchall(${zodText(additionalProperties ?? true, refer)})`
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
