import type { JsonValue } from '../contract/contract.ts';
import { child, items, members, type Cursor } from '../load/cursor.ts';
import { textMember, isArray, member } from '../load/json-value.ts';
import { followReference } from '../load/references.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** What a schema refers to; `undefined` when it refers to nothing, or that cannot be found. */
export function referenced(specs: SpecSet, schema: Cursor): Cursor | undefined {
  const ref = textMember(schema.value, '$ref');
  const target = ref === undefined ? undefined : followReference(specs, schema, ref);
  return target?.kind === 'found' ? target.cursor : undefined;
}

/**
 * The schemas that describe the same value as `schema`, itself first: what it refers to, the parts of its `allOf`, and
 * the alternatives of its `oneOf` and `anyOf`, through any number of them.
 */
export function sameValueSchemas(specs: SpecSet, schema: Cursor): readonly Cursor[] {
  const found = new Map<string, Cursor>();
  const waiting = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = `${next.document.file}#${next.pointer}`;
    if (found.has(place)) continue;
    found.set(place, next);
    const target = referenced(specs, next);
    if (target !== undefined) waiting.push(target);
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) waiting.push(...items(child(next, keyword)));
  }
  return [...found.values()];
}

/** Names that a schema itself lists under `properties`. */
export function ownProperties(schema: Cursor): readonly string[] {
  return members(child(schema, 'properties')).map(([name]) => name);
}

/** Names that a schema lists under `properties`, itself or through what describes the same value. */
export function listedProperties(specs: SpecSet, schema: Cursor): ReadonlySet<string> {
  return new Set(sameValueSchemas(specs, schema).flatMap(ownProperties));
}

/** The types a schema names. */
export function typesOf(value: JsonValue): readonly string[] {
  const type = member(value, 'type');
  if (typeof type === 'string') return [type];
  return isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

/** Whether a schema names a type, alone or among others. */
export function hasType(value: JsonValue, type: string): boolean {
  return typesOf(value).includes(type);
}

/** Whether a schema lists its values: then no other bound is needed. */
export function isFixed(value: JsonValue): boolean {
  return member(value, 'const') !== undefined || member(value, 'enum') !== undefined;
}
