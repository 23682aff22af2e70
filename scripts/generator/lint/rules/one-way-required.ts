import { child, descend, items, placeOf, type Cursor } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import type { SpecSet } from '../../load/spec-set.ts';
import { enclosing, walkDocument, type Visit } from '../../load/walk-document.ts';
import type { Finding, Rule } from '../rule.ts';
import { conjuncts, holding, referenced } from '../schema-parts.ts';

const WAYS = { request: 'readOnly', response: 'writeOnly' } as const;
type Way = keyof typeof WAYS;

/**
 * A part that requires what another part lists as `readOnly` says nothing of a request, which never has it. Where responses use
 * the schema too it speaks of them; where none does, the author most likely wants requests to have it.
 */
export const oneWayRequired: Rule = {
  name: 'one-way-required',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const names = visit.kind === 'schema' ? items(child(visit.cursor, 'required')) : [];
      if (names.length === 0) continue;
      const ways = waysOf(specs).get(placeOf(visit.cursor)) ?? new Set<Way>();
      const [way] = ways;
      if (way === undefined || ways.size > 1) continue;
      const others = holding(specs, visit).filter((each) => each.value !== visit.cursor.value);
      yield* names.flatMap((name) => finding(specs, name, others, way));
    }
  },
};

function finding(specs: SpecSet, name: Cursor, others: readonly Cursor[], way: Way): readonly Finding[] {
  const text = typeof name.value === 'string' ? name.value : '';
  const isOneWay = others
    .flatMap((schema) => descend(schema, 'properties', text) ?? [])
    .some((property) => conjuncts(specs, property).some(({ value }) => member(value, WAYS[way]) === true));
  if (!isOneWay) return [];
  const message = `"${text}" is ${WAYS[way]}, and this schema is used in ${way}s alone, which never have it; describe them by a schema without ${WAYS[way]}, or remove the name`;
  return [{ at: name, message }];
}

const remembered = new WeakMap<SpecSet, ReadonlyMap<string, ReadonlySet<Way>>>();

/** For each schema, by its place, whether requests and responses use it. */
function waysOf(specs: SpecSet): ReadonlyMap<string, ReadonlySet<Way>> {
  const known = remembered.get(specs);
  if (known !== undefined) return known;
  const ways = new Map<string, Set<Way>>();
  const inside = new Map<string, Visit[]>();
  const roots: (readonly [Cursor, Way])[] = [];
  for (const visit of [...specs.documents.values()].flatMap(walkDocument)) {
    if (visit.kind !== 'schema') continue;
    if (visit.parent?.kind === 'schema') {
      const place = placeOf(visit.parent.cursor);
      inside.set(place, [...(inside.get(place) ?? []), visit]);
    } else if (enclosing(visit, 'response') !== undefined) roots.push([visit.cursor, 'response']);
    else if (enclosing(visit, 'requestBody') !== undefined) roots.push([visit.cursor, 'request']);
  }
  const waiting = roots;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [cursor, way] = next;
    const place = placeOf(cursor);
    const seen = ways.get(place) ?? new Set<Way>();
    if (seen.has(way)) continue;
    ways.set(place, seen.add(way));
    const target = referenced(specs, cursor);
    if (target !== undefined) waiting.push([target, way]);
    for (const visit of inside.get(place) ?? []) waiting.push([visit.cursor, way]);
  }
  remembered.set(specs, ways);
  return ways;
}
