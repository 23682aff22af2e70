import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { isObject } from '../load/json-value.ts';
import { componentName } from './request-components.ts';

/** Keywords that are printed whole, or that say nothing about validity. */
const WORDS = new Set([
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'multipleOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'properties',
  'additionalProperties',
  'required',
  'minProperties',
  'maxProperties',
  'anyOf',
  '$ref',
  'title',
  'description',
  'examples',
  'example',
  'deprecated',
  'writeOnly',
  '$comment',
]);
/** The patterns of formats that the API checks by patterns of its own. */
export const PATTERNS = {
  duration:
    /^P(?:(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?|T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)|\d+W)$/,
  hostname: /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
} as const;

/** Formats that are checked less strictly than the API does, or not at all. */
const LOOSE_FORMATS = new Set([
  'uri',
  'uri-reference',
  'relative-json-pointer',
  'time',
  'uri-template',
  'regex',
  'byte',
]);

/**
 * Whether the Zod schema of a schema takes exactly what the API takes. Only of such can "exactly one of" be asked: where two
 * looser schemas take a value, one of the strict ones may not.
 */
export function isSaidByZod(schema: JsonValue, schemas: JsonObject, seen = new Set<string>()): boolean {
  if (!isObject(schema)) return true;
  const { $ref, format } = schema;
  const keywords = Object.keys(schema);
  if (!keywords.every((keyword) => WORDS.has(keyword) || keyword.startsWith('x-'))) return false;
  if (typeof format === 'string' && LOOSE_FORMATS.has(format)) return false;
  const asserts = ['enum', 'const', 'anyOf', '$ref', 'type'].some((keyword) => keyword in schema);
  if (!asserts && keywords.length > 0) return false;
  const values = schema['enum'] ?? [schema['const'] ?? 0];
  if (Array.isArray(values) && values.some((value) => typeof value === 'object' && value !== null))
    return false;
  if (typeof $ref === 'string') {
    const name = componentName($ref);
    if (seen.has(name)) return false;
    if (!isSaidByZod(schemas[name] ?? null, schemas, new Set([...seen, name]))) return false;
  }
  const { items, additionalProperties, anyOf } = schema;
  const properties = schema['properties'] ?? null;
  const parts = [
    ...Object.values(isObject(properties) ? properties : {}),
    ...(Array.isArray(anyOf) ? (anyOf as readonly JsonValue[]) : []),
    items ?? true,
    additionalProperties ?? true,
  ];
  return parts.every((part) => isSaidByZod(part, schemas, seen));
}
