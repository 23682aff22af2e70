import type { Schema } from './contract.ts';
import { componentKey } from './resolver.ts';

/**
 * Keys of the components whose request and response views differ: something reachable from them is readOnly or
 * writeOnly, through any number of references, circular ones included.
 */
export function findViews(schemas: ReadonlyMap<string, Schema>): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const differing = new Set<string>();
  for (const [key, schema] of schemas) {
    if (look(schema, (target) => users.set(target, [...(users.get(target) ?? []), key]))) differing.add(key);
  }
  const waiting = [...differing];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const user of users.get(key) ?? []) {
      if (differing.has(user)) continue;
      differing.add(user);
      waiting.push(user);
    }
  }
  return differing;
}

/** Whether the schema itself, references aside, holds such a property; tells the references. */
function look(schema: Schema, onReference: (key: string) => void): boolean {
  const inside = (schemas: readonly Schema[]): boolean =>
    schemas.map((each) => look(each, onReference)).some((found) => found);
  if (schema.kind === 'reference') onReference(componentKey(schema.home, schema.component));
  if (schema.kind === 'array') return inside([schema.items]);
  if (schema.kind === 'tuple') return inside([...schema.items, schema.rest]);
  if (schema.kind === 'union' || schema.kind === 'intersection') return inside(schema.members);
  if (schema.kind !== 'object') return false;
  const own = schema.properties.some(({ readOnly, writeOnly }) => readOnly || writeOnly);
  return inside([...schema.properties.map((property) => property.schema), schema.additional]) || own;
}
