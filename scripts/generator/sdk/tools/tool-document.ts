import { operationId } from '../../contract/name-everything.ts';
import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { HTTP_METHODS, isHttpMethod } from '../../contract/http-methods.ts';
import { canonicalMediaType } from '../../contract/media-type.ts';
import { followReference, isArray, isObject, objectAt, textMember } from '../../load/json-value.ts';
import { inertText } from '../../print/doc.ts';

/** Members that say something for people. Tools print them as comments. */
const PROSE = new Set(['title', 'summary', 'description', '$comment']);

/** Members that hold what an author wrote for a reader; no tool needs them to know a type. */
const UNREAD = /^(examples?|externalDocs|x-.*)$/;

/** Objects whose members have names of the author's own. */
const NAMED =
  /^(properties|patternProperties|\$defs|dependentSchemas|schemas|responses|parameters|requestBodies|headers|securitySchemes|links|callbacks|pathItems|paths|content|encoding|mapping|variables|scopes)$/;

const NAMED_REFERENCE = /^#\/components\/[^/]+\/[^/]+$/;

/** An operation of a document. */
export interface ToolOperation {
  /** As our own code has it. */
  readonly id: string;
  readonly path: string;
  readonly operation: JsonObject;
}

/**
 * The published document as tools are given it. What is written for people is made inert: it ends no comment, is no
 * directive and hides no character. What no tool reads is left out. Operations have the ids that our own code has, media
 * types the one spelling that tools look for.
 */
export function toolDocument(published: JsonObject): JsonObject {
  const plain = readable(withoutAnonymous(published, published));
  return isObject(plain) ? withOperationIds(plain) : {};
}

/** A reference that leads to no component has no name for a tool to print: what it leads to stands in its place. */
function withoutAnonymous(value: JsonValue, document: JsonObject): JsonValue {
  if (isArray(value)) return value.map((item) => withoutAnonymous(item, document));
  if (!isObject(value)) return value;
  const reference = textMember(value, '$ref');
  if (reference !== undefined && reference.startsWith('#/') && !NAMED_REFERENCE.test(reference))
    return withoutAnonymous(followReference(value, document), document);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutAnonymous(member, document)]),
  );
}

/** The operations of a document that tools are given. */
export function operationsOf(document: JsonObject): readonly ToolOperation[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    HTTP_METHODS.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) return [];
      return [{ id: textMember(operation, 'operationId') ?? '', path, operation }];
    }),
  );
}

/** A document with other operations; those that become undefined are left out. */
export function mapOperations(
  document: JsonObject,
  change: (
    operation: JsonObject,
    place: { readonly path: string; readonly method: string; readonly item: JsonObject },
  ) => JsonObject | undefined,
): JsonObject {
  const paths = Object.entries(objectAt(document, 'paths')).map(([path, item]) => {
    if (!isObject(item)) return [path, item] as const;
    const members = Object.entries(item).flatMap(([method, operation]): [string, JsonValue][] => {
      const isOperation = isObject(operation) && isHttpMethod(method);
      const changed = isOperation ? change(operation, { path, method, item }) : operation;
      return changed === undefined ? [] : [[method, changed]];
    });
    return [path, Object.fromEntries(members)] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

function withOperationIds(document: JsonObject): JsonObject {
  // The names that operations have in the model, which the mutators are called after.
  return mapOperations(document, (operation, { path, method }) => {
    const { 'x-name': pinned, ...rest } = operation;
    const id = operationId(
      textMember(operation, 'operationId'),
      typeof pinned === 'string' ? pinned : undefined,
      method,
      path,
    );
    return { ...rest, operationId: id };
  });
}

function readable(value: JsonValue, isNamed = false): JsonValue {
  if (isArray(value)) return value.map((item) => readable(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([key, member]): [string, JsonValue][] => {
    // As a schema, `true` says as much as an empty one; orval ends at the former.
    if (member === true && (isNamed || key === 'items')) return [[key, {}]];
    if (isNamed) return [[key, readable(member)]];
    if (key === 'x-name') return [[key, member]];
    if (UNREAD.test(key)) return [];
    // Values are data, not schemas: an `enum` of objects has members that are called like keywords.
    if (/^(enum|const|default)$/.test(key)) return [[key, member]];
    if (PROSE.has(key) && typeof member === 'string') return [[key, inertText(member)]];
    return [[key, readable(key === 'content' ? canonicalKeys(member) : member, NAMED.test(key))]];
  });
  return Object.fromEntries(members);
}

function canonicalKeys(content: JsonValue): JsonValue {
  if (!isObject(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, media]) => [canonicalMediaType(key), media]));
}
