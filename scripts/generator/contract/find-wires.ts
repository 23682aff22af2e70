import type { Cursor } from '../load/cursor.ts';
import { child, items, members, placeOf } from '../load/cursor.ts';
import { isObject, textMember } from '../load/json-value.ts';
import { followReference } from '../load/references.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import { bodyKind } from './media-type.ts';
import { componentAt, componentKey } from './resolver.ts';
import type { Wire } from './resolver.ts';

/**
 * For each component schema, the wire it is resolved for. Where a part of a multipart body is octets, the same schema
 * in a JSON body is text; a component that both kinds of body reach is resolved for JSON, and written out in the
 * multipart body.
 */
export function findWires(specs: SpecSet): ReadonlyMap<string, Wire> {
  const reached = new Map<string, Set<Wire>>();
  for (const document of specs.documents.values()) {
    for (const { kind, cursor, parent, member } of walkDocument(document)) {
      if (kind !== 'schema' || member !== 'schema') continue;
      const mediaType = parent?.kind === 'mediaType' ? parent.key : undefined;
      reach(
        specs,
        cursor,
        mediaType !== undefined && bodyKind(mediaType) === 'multipart' ? 'multipart' : 'json',
        reached,
      );
    }
  }
  const wires = new Map<string, Wire>();
  for (const [component, kinds] of reached) {
    const [only] = kinds;
    wires.set(component, kinds.size === 1 && only !== undefined ? only : 'json');
  }
  return wires;
}

function reach(specs: SpecSet, cursor: Cursor, wire: Wire, reached: Map<string, Set<Wire>>): void {
  if (!isObject(cursor.value)) return;
  const ref = textMember(cursor.value, '$ref');
  const target = ref === undefined ? undefined : followReference(specs, cursor, ref);
  if (target?.kind === 'found') {
    const named = componentAt(target.cursor);
    // Anonymous targets have a key of their own, so that a circle among them ends.
    const key = named === undefined ? placeOf(target.cursor) : componentKey(named.home, named.component);
    const kinds = reached.get(key) ?? new Set<Wire>();
    reached.set(key, kinds);
    if (!kinds.has(wire)) {
      kinds.add(wire);
      reach(specs, target.cursor, wire, reached);
    }
  }
  const inner: Wire = wire === 'multipart' ? 'part' : 'json';
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const item of items(child(cursor, keyword))) reach(specs, item, wire, reached);
  }
  for (const keyword of ['properties', 'patternProperties']) {
    for (const [, each] of members(child(cursor, keyword))) reach(specs, each, inner, reached);
  }
  for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
    const each = child(cursor, keyword);
    if (each !== undefined) reach(specs, each, inner, reached);
  }
  const ofItems: Wire = wire === 'part' ? 'part' : 'json';
  const each = child(cursor, 'items');
  if (each !== undefined) reach(specs, each, ofItems, reached);
  for (const item of items(child(cursor, 'prefixItems'))) reach(specs, item, ofItems, reached);
}
