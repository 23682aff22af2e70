import type { JsonObject, JsonValue } from './contract.ts';
import { isHttpMethod } from './http-methods.ts';
import type { ResolvedContract } from './resolve-contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, locate, members, rootCursor } from '../load/cursor.ts';
import { isArray, isObject, member, textMember, pointerTokens } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';

/**
 * The document of the whole API, as `redocly join` makes it of the root document and the modules' documents: version, info
 * and servers of the root, and the tags, paths and components of all. The checks have found that no two of them clash. A
 * test holds it to what the tool prints.
 *
 * @param root the root document, bundled
 * @param modules the modules' documents, bundled, sorted by name
 */
export function publishedDocument(
  specs: SpecSet,
  root: JsonObject,
  modules: readonly JsonObject[],
): JsonObject {
  const all = [root, ...modules];
  const tags = joinedTags(all);
  const externalDocs = all.map((each) => each['externalDocs']).find((each) => each !== undefined);
  return {
    openapi: textMember(specs.root?.value, 'openapi') ?? '3.1.0',
    info: root['info'] ?? {},
    servers: root['servers'] ?? [],
    ...(tags.length === 0 ? {} : { tags }),
    ...(externalDocs === undefined ? {} : { externalDocs }),
    paths: Object.assign({}, ...all.map((each) => each['paths'])),
    components: joinedComponents(all),
  };
}

/** Each tag once, where it is first declared. */
function joinedTags(documents: readonly JsonObject[]): readonly JsonValue[] {
  const tags = new Map<string, JsonValue>();
  for (const tag of documents.flatMap((each) => (isArray(each['tags']) ? each['tags'] : []))) {
    const name = textMember(tag, 'name') ?? '';
    if (!tags.has(name)) tags.set(name, tag);
  }
  return [...tags.values()];
}

function joinedComponents(documents: readonly JsonObject[]): JsonObject {
  const sections = new Map<string, Record<string, JsonValue>>();
  for (const { components } of documents) {
    for (const [section, entries] of Object.entries(isObject(components) ? components : {})) {
      sections.set(section, Object.assign(sections.get(section) ?? {}, entries));
    }
  }
  const sorted = [...sections].map(([section, entries]): [string, JsonValue] => [
    section,
    Object.fromEntries(Object.entries(entries).toSorted(byKey)),
  ]);
  return Object.fromEntries(sorted.toSorted(byKey));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** What keeps modules from one document: operations of the root, and operations whose file says nothing of security. */
export function checkJoinable(specs: SpecSet, { contract }: ResolvedContract): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const root = specs.root === undefined ? undefined : rootCursor(specs.root);
  for (const [path, item] of members(root === undefined ? undefined : child(root, 'paths'))) {
    for (const [method, operation] of members(item)) {
      if (!isHttpMethod(method)) continue;
      const name = textMember(operation.value, 'operationId') ?? `${method} ${path}`;
      const message = `${name} stands in no module; move it from ${specs.folder}/openapi.yaml to its module`;
      found.push({ rule: 'join', message, at: locate(operation) });
    }
  }
  for (const { file, operations } of contract.modules) {
    const document = specs.documents.get(file);
    if (document === undefined || member(document.value, 'security') !== undefined) continue;
    for (const { id, at } of operations) {
      const operation = descend(rootCursor(document), ...pointerTokens(at.pointer));
      if (member(operation?.value, 'security') !== undefined) continue;
      const message = `${id} has no security once joined; state security in this file`;
      found.push({ rule: 'join', message, at });
    }
  }
  return found;
}
