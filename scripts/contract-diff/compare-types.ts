import type { Cursor } from '../generator/load/cursor.ts';
import { isArray, sameJson } from '../generator/load/json-value.ts';
import type { JsonValue } from '../generator/contract/contract.ts';
import { report, type Comparison, type Effect, type ViewPair } from './comparison.ts';
import { firstStated, typesOf, valuesOf, type SchemaView } from './schema-view.ts';

/**
 * Compares `type`, `nullable`, `enum`, `const` and `x-extensible-enum`.
 *
 * @returns `apart` when no value of one side is a value of the other: nothing else of them can be compared.
 */
export function compareTypes(comparison: Comparison, views: ViewPair): 'apart' | 'comparable' {
  const { base, head, parent } = views;
  const before = typesOf(comparison.base, base);
  const after = typesOf(comparison.head, head);
  const places = { base: firstStated(base, 'type'), head: firstStated(head, 'type'), parent };
  if (before?.has('null') !== after?.has('null') && before !== undefined && after !== undefined) {
    const allowed = after.has('null');
    report(comparison, {
      what: allowed ? 'null-allowed' : 'null-refused',
      effect: allowed ? 'wider' : 'narrower',
      typed: true,
      stored: true,
      base: firstStated(base, 'nullable') ?? places.base,
      head: firstStated(head, 'nullable') ?? places.head,
      parent,
      says: allowed ? 'may be null now' : 'may no longer be null',
    });
  }
  const effect = compareSets(withoutNull(before), withoutNull(after));
  if (effect !== 'same') {
    const from = typeNames(before);
    const to = typeNames(after);
    const asText = comparison.isText && effect === 'other' && isReadFromSameText(before, after);
    report(comparison, {
      what:
        asText || effect === 'wider'
          ? 'type-widened'
          : effect === 'narrower'
            ? 'type-narrowed'
            : 'type-changed',
      effect: asText ? 'wider' : effect,
      // The text on the wire is the same; the argument of a function is not.
      ...(asText ? { breaks: ['sdk', 'server'] as const } : {}),
      typed: true,
      stored: effect !== 'wider',
      ...places,
      says: `is ${to}, was ${from}`,
    });
    if (effect === 'other') return 'apart';
  }
  compareValues(comparison, views);
  return 'comparable';
}

/** Whether every text that was a value before is one still: `7` is an integer, a string, and a list of one string. */
function isReadFromSameText(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): boolean {
  return after?.has('string') === true && before?.has('object') !== true && before?.has('array') !== true;
}

function withoutNull(types: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  return types === undefined ? undefined : new Set([...types].filter((type) => type !== 'null'));
}

function typeNames(types: ReadonlySet<string> | undefined): string {
  const names = [...(withoutNull(types) ?? [])];
  return names.length === 0 ? 'any value' : names.join(' or ');
}

function compareSets(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): Effect {
  const fewer = isPart(after, before);
  const more = isPart(before, after);
  if (fewer && more) return 'same';
  if (fewer) return 'narrower';
  return more ? 'wider' : 'other';
}

function isPart(part: ReadonlySet<string> | undefined, whole: ReadonlySet<string> | undefined): boolean {
  if (whole === undefined) return true;
  if (part === undefined) return false;
  return [...part].every((type) => whole.has(type) || (type === 'integer' && whole.has('number')));
}

function compareValues(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = valuesOf(base);
  const after = valuesOf(head);
  const places = { base: placeOfValues(base), head: placeOfValues(head), parent };
  const shared = { typed: true, stored: true, parent };
  if (before === undefined && after !== undefined) {
    report(comparison, {
      ...shared,
      ...places,
      what: 'enum-added',
      effect: 'narrower',
      says: `is one of ${list(after)}, was not limited`,
    });
  } else if (before !== undefined && after === undefined) {
    report(comparison, {
      ...shared,
      ...places,
      what: 'enum-removed',
      effect: 'wider',
      says: `is no longer limited to ${list(before)}`,
    });
  } else if (before !== undefined && after !== undefined) {
    const gone = missing(before, after);
    const fresh = missing(after, before);
    if (gone.length > 0) {
      report(comparison, {
        ...shared,
        what: 'enum-value-removed',
        effect: 'narrower',
        base: gone[0],
        says: `${list(gone)} ${gone.length === 1 ? 'is no longer a value' : 'are no longer values'}`,
      });
    }
    if (fresh.length > 0) {
      report(comparison, {
        ...shared,
        what: 'enum-value-added',
        effect: 'wider',
        head: fresh[0],
        says: `${list(fresh)} ${fresh.length === 1 ? 'is a new value' : 'are new values'}`,
      });
    }
  }
  compareKnownValues(comparison, views);
}

/** Values of `x-extensible-enum`: readers take unknown ones, writers use known ones. */
function compareKnownValues(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const places = {
    base: firstStated(base, 'x-extensible-enum'),
    head: firstStated(head, 'x-extensible-enum'),
    parent,
  };
  const before = knownValues(base);
  const after = knownValues(head);
  const gone = before.filter((value) => !after.some((other) => sameJson(value, other)));
  const fresh = after.filter((value) => !before.some((other) => sameJson(value, other)));
  if (gone.length > 0 && after.length > 0) {
    report(comparison, {
      ...places,
      what: 'known-value-removed',
      effect: 'narrower',
      says: `${gone.map((value) => JSON.stringify(value)).join(', ')} is no longer a known value (x-extensible-enum)`,
    });
  }
  if (fresh.length > 0 && before.length > 0) {
    report(comparison, {
      ...places,
      what: 'known-value-added',
      effect: 'wider',
      breaks: [],
      says: `${fresh.map((value) => JSON.stringify(value)).join(', ')} is a new known value (x-extensible-enum)`,
    });
  }
}

function placeOfValues(view: SchemaView): Cursor | undefined {
  return firstStated(view, 'const') ?? firstStated(view, 'enum');
}

function missing(values: readonly Cursor[], from: readonly Cursor[]): readonly Cursor[] {
  return values.filter(({ value }) => !from.some((other) => sameJson(value, other.value)));
}

function list(values: readonly Cursor[]): string {
  const shown = values.slice(0, 5).map(({ value }) => JSON.stringify(value));
  return shown.join(', ') + (values.length > shown.length ? ` and ${values.length - shown.length} more` : '');
}

function knownValues(view: SchemaView): readonly JsonValue[] {
  const values = firstStated(view, 'x-extensible-enum')?.value;
  return isArray(values) ? values : [];
}
