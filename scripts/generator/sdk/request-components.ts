import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { canonicalMediaType } from '../contract/media-type.ts';
import { followReference, isArray, isObject, member, objectAt } from '../load/json-value.ts';

/**
 * Names of the components that the bodies of requests are made of, each after those that it refers to itself, unless
 * they refer to one another.
 */
export function requestComponents(
  joined: JsonObject,
  isWanted: (mediaType: string) => boolean,
): readonly string[] {
  return reachable(bodySchemas(joined, isWanted), componentSchemas(joined));
}

/** The named schemas of a document. */
export function componentSchemas(joined: JsonObject): JsonObject {
  return objectAt(objectAt(joined, 'components'), 'schemas');
}

/** The component that a reference to a schema leads to. */
export function componentName(reference: string): string {
  return reference.replace('#/components/schemas/', '');
}

/** Whether a component refers to itself, directly or through others. */
export function isCyclic(component: string, schemas: JsonObject): boolean {
  return reachable([schemas[component] ?? true], schemas).includes(component);
}

function bodySchemas(joined: JsonObject, isWanted: (mediaType: string) => boolean): readonly JsonValue[] {
  return Object.values(objectAt(joined, 'paths'))
    .flatMap((item) => Object.values(isObject(item) ? item : {}))
    .map((operation) => followReference(member(operation, 'requestBody'), joined))
    .flatMap((body) => Object.entries(objectAt(body, 'content')))
    .filter(([type]) => isWanted(canonicalMediaType(type)))
    .map(([, content]) => (isObject(content) ? (content['schema'] ?? true) : true));
}

function reachable(from: readonly JsonValue[], schemas: JsonObject): readonly string[] {
  const found = new Set<string>();
  const ordered: string[] = [];
  const visit = (schema: JsonValue): void => {
    for (const name of references(schema)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(schemas[name] ?? true);
      ordered.push(name);
    }
  };
  for (const schema of from) visit(schema);
  return ordered;
}

function references(value: JsonValue): readonly string[] {
  if (isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const { $ref } = value;
  const own = typeof $ref === 'string' ? [componentName($ref)] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}
