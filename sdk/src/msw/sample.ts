import type { JsonValue } from '../runtime/body-types.ts';
import type { Components, JsonSchema, JsonSchemaObject } from './json-schema.ts';
import type { Random } from './random.ts';
import { sampleString } from './sample-string.ts';

/** How deep optional members and items of lists go; what refers to itself ends there. */
const DEEPEST = 6;

/** What samples are made with. */
export interface Sampling {
  readonly components: Components;
  readonly random: Random;
}

/**
 * A value that a schema allows, as the API would send it: without members that are only written.
 *
 * @throws {Error} when no value can be made up: for a `pattern` without an example, and for what allows nothing.
 */
export function sample(schema: JsonSchema, sampling: Sampling, depth = 0): JsonValue {
  const { random } = sampling;
  const { $ref, ...own } = objectOf(schema);
  if ($ref !== undefined) return sample({ allOf: [named($ref, sampling)], ...own }, sampling, depth);
  if (own.const !== undefined) return own.const;
  if (own.enum) return oneOf(own.enum, random);
  const alternatives = own.oneOf ?? own.anyOf;
  if (alternatives || own.allOf) {
    const { oneOf: _one, anyOf: _any, allOf = [], ...rest } = own;
    const chosen = alternatives ? [shallowest(alternatives, random, depth)] : [];
    return merged([...allOf, ...chosen, rest], sampling, depth);
  }
  switch (typeOf(own, random)) {
    case 'object':
      return sampleObject(own, sampling, depth);
    case 'array':
      return sampleArray(own, sampling, depth);
    case 'integer':
      return sampleNumber(own, random, own.multipleOf ?? 1);
    case 'number':
      return sampleNumber(own, random, own.multipleOf ?? 0.25);
    case 'boolean':
      return random.next() < 0.5;
    case 'null':
      return null;
    default:
      return sampleString(own, random);
  }
}

function objectOf(schema: JsonSchema): JsonSchemaObject {
  if (schema === false) throw new Error('the contract allows no value here');
  return schema === true ? {} : schema;
}

function named(ref: string, { components }: Sampling): JsonSchema {
  const found = components[ref.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`${ref} is no component`);
  return found;
}

/** Deep down the first alternative, which is the plainest one where a schema refers to itself. */
function shallowest(list: readonly JsonSchema[], random: Random, depth: number): JsonSchema {
  return depth >= DEEPEST ? (list[0] ?? {}) : oneOf(list, random);
}

function oneOf<T>([first, ...others]: readonly T[], random: Random): T {
  if (first === undefined) throw new Error('the contract allows no value here');
  return random.pick([first, ...others]);
}

/** The value of schemas that hold together: of one schema that says what each of them says. */
function merged(schemas: readonly JsonSchema[], sampling: Sampling, depth: number): JsonValue {
  const flat = schemas.map((schema) => {
    const { $ref, ...own } = objectOf(schema);
    return $ref === undefined ? own : { ...objectOf(named($ref, sampling)), ...own };
  });
  const all: JsonSchemaObject = Object.assign({}, ...flat);
  const properties: Record<string, JsonSchema> = {};
  for (const part of flat) Object.assign(properties, part.properties);
  const required = [...new Set(flat.flatMap((part) => part.required ?? []))];
  const nested = flat.flatMap((part) => part.allOf ?? []);
  const { allOf: _all, ...rest } = all;
  return sample(
    {
      ...rest,
      ...(nested.length > 0 ? { allOf: nested } : undefined),
      ...(Object.keys(properties).length > 0 ? { properties } : undefined),
      ...(required.length > 0 ? { required } : undefined),
    },
    sampling,
    depth,
  );
}

function typeOf({ type, properties, items }: JsonSchemaObject, random: Random): string {
  const types = typeof type === 'string' ? [type] : (type ?? []);
  const given = types.filter((one) => one !== 'null');
  // Null now and then, where it is allowed.
  if (given.length < types.length && (given.length === 0 || random.next() < 0.2)) return 'null';
  return given[0] ?? (properties ? 'object' : items ? 'array' : 'string');
}

function sampleObject(schema: JsonSchemaObject, sampling: Sampling, depth: number): JsonValue {
  const value: Record<string, JsonValue> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'object' && property.writeOnly) continue;
    const isRequired = schema.required?.includes(name) ?? false;
    const isThere = isRequired || (depth < DEEPEST && sampling.random.next() < 0.7);
    if (isThere && property !== false) value[name] = sample(property, sampling, depth + 1);
  }
  return value;
}

function sampleArray(schema: JsonSchemaObject, sampling: Sampling, depth: number): JsonValue {
  const { minItems = 0, maxItems = Infinity, items = false, prefixItems = [] } = schema;
  const first = prefixItems.map((item) => sample(item, sampling, depth + 1));
  if (items === false || depth >= DEEPEST) {
    const missing = items === false ? 0 : Math.max(0, minItems - first.length);
    return [...first, ...Array.from({ length: missing }, () => sample(items, sampling, depth + 1))];
  }
  const length = sampling.random.between(
    Math.max(minItems, Math.min(2, maxItems)),
    Math.min(maxItems, minItems + 3),
  );
  const rest = Array.from({ length: Math.max(0, length - first.length) }, () =>
    sample(items, sampling, depth + 1),
  );
  return [...first, ...rest];
}

function sampleNumber(schema: JsonSchemaObject, random: Random, step: number): number {
  const least = bound(schema.minimum, schema.exclusiveMinimum, step) ?? Math.min(0, schema.maximum ?? 0);
  const most = bound(schema.maximum, schema.exclusiveMaximum, -step) ?? least + 100 * step;
  const first = Math.ceil(least / step);
  // Near the lower end: nobody cooks for thirty days.
  return random.between(first, Math.min(Math.floor(most / step), first + 100)) * step;
}

function bound(
  inclusive: number | undefined,
  exclusive: number | undefined,
  step: number,
): number | undefined {
  return exclusive === undefined ? inclusive : exclusive + step;
}
