import type { Contract, JsonObject, JsonValue } from './contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isObject, textMember } from '../load/json-value.ts';
import { transformDocument } from '../load/transform-document.ts';
import { WAIVERS } from '../lint/waivers.ts';

/** What Redocly adds for its own pages. */
const ADDED = new Set(['x-tagGroups', 'x-displayName', WAIVERS]);
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head']);

/** The joined document as it is published: components sorted, nothing of the tools left in it. */
export function publishedDocument(joined: JsonValue): JsonObject {
  const clean = transformDocument(joined, 'openapi', (_kind, object) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !ADDED.has(key))),
  );
  if (!isObject(clean)) return {};
  const { components, ...rest } = clean;
  return isObject(components) ? { ...rest, components: sortComponents(components) } : rest;
}

function sortComponents(components: JsonObject): JsonObject {
  const sorted = Object.entries(components)
    .toSorted(byKey)
    .map(([section, entries]): [string, JsonValue] => [
      section,
      isObject(entries) ? Object.fromEntries(Object.entries(entries).toSorted(byKey)) : entries,
    ]);
  return Object.fromEntries(sorted);
}

function byKey([a]: readonly [string, JsonValue], [b]: readonly [string, JsonValue]): number {
  return a < b ? -1 : 1;
}

/** The joined document holds each operation of the contract and no other, each with its security. */
export function checkJoined(joined: JsonObject, contract: Contract): readonly Diagnostic[] {
  const operations = new Map<string, JsonObject>();
  const paths = joined['paths'];
  for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
    for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
      if (METHODS.has(method) && isObject(operation)) operations.set(`${method} ${path}`, operation);
    }
  }
  const found: Diagnostic[] = [];
  for (const { method, path, id, at } of contract.modules.flatMap((module) => module.operations)) {
    const joinedOperation = operations.get(`${method} ${path}`);
    operations.delete(`${method} ${path}`);
    if (joinedOperation === undefined) {
      found.push({
        rule: 'join',
        message: `the joined document lacks ${method} ${path}; report this as a defect`,
        at,
      });
    } else if (joinedOperation['security'] === undefined) {
      found.push({
        rule: 'join',
        message: `${id} has no security once joined; state security in this file`,
        at,
      });
    }
  }
  const [extra] = operations;
  if (extra !== undefined) {
    const [key, operation] = extra;
    found.push({
      rule: 'join',
      message: `${textMember(operation, 'operationId') ?? key} stands in no module; move it from specs/openapi.yaml to its module`,
      at: { file: 'specs/openapi.yaml', line: 1, column: 1, pointer: '' },
    });
  }
  return found;
}
