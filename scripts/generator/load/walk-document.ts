import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { type Cursor, items, members, rootCursor } from './cursor.ts';
import { isObject, textMember, isArray } from './json-value.ts';
import { heldObject, memberRule, type ObjectKind } from './openapi-objects.ts';
import type { SourceDocument } from './source-document.ts';

/** An OpenAPI object where it stands, with what it stands in. */
export interface Visit {
  readonly kind: ObjectKind;
  readonly cursor: Cursor;
  /** The member, key or index that leads here; empty for the document itself. */
  readonly key: string;
  readonly parent: Visit | undefined;
  /** The member of the parent that holds this object: `properties`, `oneOf`, `get`... */
  readonly member: string;
}

const memory = new WeakMap<SourceDocument, readonly Visit[]>();

/**
 * Every OpenAPI object of a document, parents first, in document order. References are visited, not followed. Nodes of
 * the wrong shape are visited too (a rule must look before it reads), what is inside them is not.
 */
export function walkDocument(document: SourceDocument): readonly Visit[] {
  const known = memory.get(document);
  if (known !== undefined) return known;
  const visits: Visit[] = [];
  visit({ kind: 'openapi', cursor: rootCursor(document), key: '', parent: undefined, member: '' }, visits);
  memory.set(document, visits);
  return visits;
}

function visit(at: Visit, visits: Visit[]): void {
  visits.push(at);
  const { kind, cursor } = at;
  if (!isObject(cursor.value)) return;
  if (kind !== 'schema' && textMember(cursor.value, '$ref') !== undefined) return;
  for (const [name, node] of members(cursor)) {
    const rule = memberRule(kind, name);
    const held = rule === undefined ? undefined : heldObject(rule.holds);
    if (held === undefined) continue;
    const into = (key: string, inner: Cursor): void => {
      visit({ kind: held.kind, cursor: inner, key, parent: at, member: name }, visits);
    };
    if (held.shape === 'one') into(name, node);
    else if (held.shape === 'list') items(node).forEach((item, index) => into(String(index), item));
    else members(node).forEach(([key, item]) => into(key, item));
  }
}

/** The nearest visit of `kind` at or above `at`. */
export function enclosing(at: Visit, kind: ObjectKind): Visit | undefined {
  let visited: Visit | undefined = at;
  while (visited !== undefined && visited.kind !== kind) visited = visited.parent;
  return visited;
}

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
