import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { isArray, isObject } from './json-value.ts';
import { heldObject, memberRule } from './openapi-objects.ts';
import type { ObjectKind } from './openapi-objects.ts';

/**
 * Rewrites one object after its insides were rewritten. `original` is the object as the source has it.
 */
export type Rewrite = (kind: ObjectKind, value: JsonObject, original: JsonObject) => JsonValue;

/** A copy of a document in which every OpenAPI object went through `rewrite`, innermost first. */
export function transformDocument(value: JsonValue, kind: ObjectKind, rewrite: Rewrite): JsonValue {
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [name, inner] of Object.entries(value)) {
    const rule = memberRule(kind, name);
    const held = rule === undefined ? undefined : heldObject(rule.holds);
    if (held === undefined) copy[name] = inner;
    else if (held.shape === 'one') copy[name] = transformDocument(inner, held.kind, rewrite);
    else if (held.shape === 'list' && isArray(inner)) {
      copy[name] = inner.map((item) => transformDocument(item, held.kind, rewrite));
    } else if (held.shape === 'map' && isObject(inner)) {
      copy[name] = Object.fromEntries(
        Object.entries(inner).map(([key, item]) => [key, transformDocument(item, held.kind, rewrite)]),
      );
    } else copy[name] = inner;
  }
  return rewrite(kind, copy, value);
}
