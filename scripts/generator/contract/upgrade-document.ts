import type { JsonObject, JsonValue } from './contract.ts';
import { isArray, isObject, member, textMember } from '../load/json-value.ts';
import type { SourceDocument } from '../load/source-document.ts';
import { transformDocument } from '../load/walk-document.ts';

/**
 * Says an OpenAPI 3.0 document in 3.1: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`, `example`, and
 * references whose siblings 3.0 ignores. Other documents come back as they are. Nodes keep their pointers, except
 * inside a nullable schema without a type, which moves into an `anyOf`.
 * Source: OpenAPI 3.1.0 release notes, "Migrating from OpenAPI 3.0 to 3.1".
 */
export function upgradeDocument(document: SourceDocument): SourceDocument {
  if (!(textMember(document.value, 'openapi') ?? '').startsWith('3.0')) return document;
  const value = transformDocument(document.value, 'openapi', (kind, object) => {
    if (kind === 'openapi') return { ...object, openapi: '3.1.0' };
    return kind === 'schema' ? upgradeSchema(object) : object;
  });
  return { ...document, value };
}

function upgradeSchema(schema: JsonObject): JsonValue {
  const ref = textMember(schema, '$ref');
  if (ref !== undefined) return { $ref: ref };
  const { nullable, example, ...rest } = schema;
  const upgraded: Record<string, JsonValue> = { ...rest };
  if (example !== undefined && rest['examples'] === undefined) upgraded['examples'] = [example];
  exclusive(upgraded, 'exclusiveMinimum', 'minimum');
  exclusive(upgraded, 'exclusiveMaximum', 'maximum');
  return nullable === true ? makeNullable(upgraded) : upgraded;
}

function exclusive(schema: Record<string, JsonValue>, flag: string, bound: string): void {
  const value = schema[flag];
  if (typeof value !== 'boolean') return;
  delete schema[flag];
  const limit = schema[bound];
  if (!value || limit === undefined) return;
  schema[flag] = limit;
  delete schema[bound];
}

/**
 * 3.0 leaves `nullable` beside `allOf` or `$ref` and beside an `enum` without null unclear; authors mean that null is
 * allowed, so it is.
 */
function makeNullable(schema: Record<string, JsonValue>): JsonValue {
  const { type } = schema;
  if (typeof type === 'string' && !['allOf', 'anyOf', 'oneOf'].some((key) => key in schema)) {
    const values = member(schema, 'enum');
    return {
      ...schema,
      type: [type, 'null'],
      ...(isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
    };
  }
  const { title, description, deprecated, readOnly, writeOnly, default: fallback, ...shape } = schema;
  const annotations = { title, description, deprecated, readOnly, writeOnly, default: fallback };
  const kept = Object.entries(annotations).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  if (Object.keys(shape).length === 0) return Object.fromEntries(kept);
  return { ...Object.fromEntries(kept), anyOf: [isObject(shape) ? shape : {}, { type: 'null' }] };
}
