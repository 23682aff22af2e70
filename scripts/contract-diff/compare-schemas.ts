import type { Cursor } from '../generator/load/cursor.ts';
import { sameJson } from '../generator/load/json-value.ts';
import { compareAlternatives, isSettledByAlternatives } from './compare-alternatives.ts';
import { compareLimits } from './compare-limits.ts';
import { compareProperties } from './compare-properties.ts';
import { compareSubschemas } from './compare-subschemas.ts';
import { compareTypes } from './compare-types.ts';
import { probe, report, reportWords, type Comparison, type SchemaPair, type ViewPair } from './comparison.ts';
import { assertionsOf, viewOf, type SchemaView, type Side } from './schema-view.ts';

const WORDS = ['title', 'description', 'example', 'examples', 'externalDocs'];

/** Compares what two schemas accept, and notes each keyword that makes it fewer, more or other values. */
export function compareSchemas(comparison: Comparison, pair: SchemaPair): void {
  const base = viewOf(comparison.base, pair.base);
  const head = viewOf(comparison.head, pair.head);
  const key = keyOf(comparison, base, head);
  if (comparison.under.has(key)) return;
  const known = comparison.compared.get(key);
  if (known !== undefined) {
    comparison.changes.addOperation(known, comparison.operation);
    for (const keys of comparison.open) for (const found of known) keys.add(found);
    return;
  }
  const found = new Set<string>();
  comparison.compared.set(key, found);
  compareViews(
    { ...comparison, open: [...comparison.open, found], under: new Set([...comparison.under, key]) },
    { base, head, parent: pair.head[0] ?? pair.parent },
  );
}

/** Whether callers who meet `base` are broken by `head`; nothing is noted. */
export function breaksCallers(comparison: Comparison, pair: SchemaPair): boolean {
  const key = keyOf(comparison, viewOf(comparison.base, pair.base), viewOf(comparison.head, pair.head));
  const known = comparison.tried.get(key);
  if (known !== undefined) return known;
  const breaks = probe(comparison, (inner) => compareSchemas(inner, pair)).isBreaking;
  comparison.tried.set(key, breaks);
  return breaks;
}

/** What tells a comparison of two schemas from every other. */
function keyOf({ direction, inverted, isText }: Comparison, base: SchemaView, head: SchemaView): string {
  return [base.key, head.key, direction, inverted ? 'inverted' : '', isText ? 'text' : ''].join('|');
}

function compareViews(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  if (base.never !== head.never) {
    report(comparison, {
      what: head.never ? 'value-refused' : 'value-allowed',
      effect: head.never ? 'narrower' : 'wider',
      typed: true,
      base: base.parts[0],
      head: head.parts[0],
      parent,
      says: head.never ? 'no value is allowed any more' : 'was refused whatever its value, and is allowed',
    });
    return;
  }
  const [baseFirst] = base.parts;
  const [headFirst] = head.parts;
  if (baseFirst !== undefined && headFirst !== undefined) {
    reportWords(comparison, baseFirst, headFirst, WORDS);
  }
  const judge = (pair: SchemaPair): boolean => breaksCallers(comparison, pair);
  if (isSettledByAlternatives(comparison, views, judge)) return;
  if (compareTypes(comparison, views) === 'apart') return;
  compareLimits(comparison, views);
  compareMembers(comparison, views);
  compareProperties(comparison, views, compareSchemas);
  compareSubschemas(comparison, views, compareSchemas, (pair) => tells(comparison, pair));
  compareAlternatives(comparison, views, compareSchemas, judge);
}

/** Whether two schemas differ in more than words. */
function tells(comparison: Comparison, pair: SchemaPair): boolean {
  return !probe(comparison, (inner) => compareSchemas(inner, pair)).isWordsOnly;
}

/**
 * One more member of `allOf` is one more schema to match. What it asserts is compared with all else that applies; this tells of the
 * member itself, unless it holds what stood in the schema before.
 */
function compareMembers(comparison: Comparison, { base, head, parent }: ViewPair): void {
  const fresh = head.members.filter((member) => !base.members.some((other) => isSameMember(member, other)));
  const gone = base.members.filter((member) => !head.members.some((other) => isSameMember(member, other)));
  const added = fresh.find((member) => !isMoved(member, comparison.head, base));
  const removed = gone.find((member) => !isMoved(member, comparison.base, head));
  if (added !== undefined && fresh.length > gone.length) {
    report(comparison, {
      what: 'all-of-member-added',
      effect: 'narrower',
      typed: true,
      head: added,
      parent,
      says: 'one more schema has to match (allOf)',
    });
  } else if (removed !== undefined && gone.length > fresh.length) {
    report(comparison, {
      what: 'all-of-member-removed',
      effect: 'wider',
      // What the member asserted is compared by itself.
      breaks: [],
      base: removed,
      parent,
      says: 'one schema less has to match (allOf)',
    });
  }
}

function isSameMember(left: Cursor, right: Cursor): boolean {
  return sameJson(left.value, right.value);
}

function assertionNames(view: SchemaView): ReadonlySet<string> {
  return new Set(view.parts.flatMap((part) => assertionsOf(part)));
}

/** Whether a member of `allOf` asserts only what the other contract asserts in the schema itself. */
function isMoved(member: Cursor, side: Side, other: SchemaView): boolean {
  const names = assertionNames(viewOf(side, [member]));
  const known = assertionNames(other);
  return other.members.length === 0 && names.size > 0 && [...names].every((name) => known.has(name));
}
