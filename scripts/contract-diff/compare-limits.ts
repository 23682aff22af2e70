import type { Cursor } from '../generator/load/cursor.ts';
import { report, type Comparison, type Effect, type ViewPair } from './comparison.ts';
import { firstStated, stated, type SchemaView, scalarText } from './schema-view.ts';

/** A bound of numbers. */
interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
  readonly at: Cursor;
}

/** Limits of size: the keyword, whether it is the least or the most, and what it counts. */
const SIZES = [
  ['minLength', 'least', 'characters'],
  ['maxLength', 'most', 'characters'],
  ['minItems', 'least', 'items'],
  ['maxItems', 'most', 'items'],
  ['minProperties', 'least', 'properties'],
  ['maxProperties', 'most', 'properties'],
  ['minContains', 'least', 'matching items'],
  ['maxContains', 'most', 'matching items'],
] as const;

/** Formats that validation knows; any other word is a hint for people. */
const FORMATS: ReadonlySet<unknown> = new Set(
  (
    'int32 int64 float double date time date-time duration email idn-email hostname ipv4 ipv6 uri uri-reference uuid byte ' +
    'binary json-pointer regex'
  ).split(' '),
);

/** Formats that are part of another. */
const WIDER_FORMATS: ReadonlyMap<unknown, unknown> = new Map([
  ['int32', 'int64'],
  ['float', 'double'],
]);

/** Compares keywords that limit numbers, text and sizes, `default`, and how text is encoded. */
export function compareLimits(comparison: Comparison, views: ViewPair): void {
  for (const end of ['minimum', 'maximum'] as const) compareBounds(comparison, views, end);
  for (const [keyword, end, unit] of SIZES) compareSizes(comparison, views, keyword, end, unit);
  comparePatterns(comparison, views);
  compareFormats(comparison, views);
  compareMultiples(comparison, views);
  compareFlag(comparison, views);
  compareDefaults(comparison, views);
  for (const keyword of ['contentEncoding', 'contentMediaType'] as const) {
    compareContent(comparison, views, keyword);
  }
}

function compareBounds(comparison: Comparison, views: ViewPair, end: 'minimum' | 'maximum'): void {
  const { base, head, parent } = views;
  const before = boundOf(base, end);
  const after = boundOf(head, end);
  if (before?.value === after?.value && before?.exclusive === after?.exclusive) return;
  const sign = end === 'minimum' ? 1 : -1;
  // How far the bound reaches in: further in refuses more.
  const reach = (bound: Bound | undefined): number => (bound === undefined ? -Infinity : sign * bound.value);
  const inward = reach(after) === reach(before) ? after?.exclusive === true : reach(after) > reach(before);
  const moved = inward === (end === 'minimum') ? 'raised' : 'lowered';
  const named = (bound: Bound | undefined): string =>
    bound === undefined
      ? 'without limit'
      : `${bound.exclusive ? (end === 'minimum' ? 'more than' : 'less than') : end === 'minimum' ? 'at least' : 'at most'} ${bound.value}`;
  report(comparison, {
    what: `${end}-${before === undefined ? 'added' : after === undefined ? 'removed' : moved}`,
    effect: inward ? 'narrower' : 'wider',
    stored: true,
    base: before?.at,
    head: after?.at,
    parent,
    says: `is ${named(after)}, was ${named(before)}`,
  });
}

/** The bound that refuses most, of all parts. In OpenAPI 3.0 `exclusiveMinimum` is a Boolean beside `minimum`. */
function boundOf(view: SchemaView, end: 'minimum' | 'maximum'): Bound | undefined {
  const exclusiveKeyword = end === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  const bounds: Bound[] = [];
  for (const part of view.parts) {
    const alone: SchemaView = { ...view, parts: [part] };
    const inclusive = firstStated(alone, end);
    const exclusive = firstStated(alone, exclusiveKeyword);
    if (inclusive !== undefined && typeof inclusive.value === 'number') {
      bounds.push({ value: inclusive.value, exclusive: exclusive?.value === true, at: inclusive });
    }
    if (exclusive !== undefined && typeof exclusive.value === 'number') {
      bounds.push({ value: exclusive.value, exclusive: true, at: exclusive });
    }
  }
  const sign = end === 'minimum' ? -1 : 1;
  return bounds.toSorted(
    (a, b) => sign * (a.value - b.value) || Number(b.exclusive) - Number(a.exclusive),
  )[0];
}

function compareSizes(
  comparison: Comparison,
  views: ViewPair,
  keyword: (typeof SIZES)[number][0],
  end: 'least' | 'most',
  unit: string,
): void {
  const { base, head, parent } = views;
  const before = sizeOf(base, keyword, end);
  const after = sizeOf(head, keyword, end);
  const free = end === 'least' ? (keyword === 'minContains' ? 1 : 0) : Infinity;
  const from = before?.value ?? free;
  const to = after?.value ?? free;
  if (from === to) return;
  // Both count items that `contains` describes; without it neither says anything.
  const counts = keyword !== 'minContains' && keyword !== 'maxContains';
  if (!counts && (firstStated(base, 'contains') === undefined || firstStated(head, 'contains') === undefined))
    return;
  const raised = to > from;
  const word =
    before === undefined ? 'added' : after === undefined ? 'removed' : raised ? 'raised' : 'lowered';
  const named = (size: number): string =>
    size === free && size !== 1 ? 'without limit' : `at ${end} ${size} ${unit}`;
  report(comparison, {
    what: `${kebab(keyword)}-${word}`,
    effect: raised === (end === 'least') ? 'narrower' : 'wider',
    stored: true,
    base: before?.at,
    head: after?.at,
    parent,
    says: `has ${named(to)}, had ${named(from)}`,
  });
}

function sizeOf(
  view: SchemaView,
  keyword: string,
  end: 'least' | 'most',
): { readonly value: number; readonly at: Cursor } | undefined {
  const sizes = stated(view, keyword).flatMap((at) =>
    typeof at.value === 'number' ? [{ value: at.value, at }] : [],
  );
  return sizes.toSorted((a, b) => (end === 'least' ? b.value - a.value : a.value - b.value))[0];
}

function comparePatterns(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = patternsOf(base);
  const after = patternsOf(head);
  const gone = before.filter(({ value }) => !after.some((other) => other.value === value));
  const fresh = after.filter(({ value }) => !before.some((other) => other.value === value));
  if (gone.length === 0 && fresh.length === 0) return;
  const [effect, word]: readonly [Effect, string] =
    fresh.length === 0
      ? ['wider', 'removed']
      : gone.length === 0
        ? ['narrower', 'added']
        : fresh.every(({ value }) => isNonEmptyText(value))
          ? ['wider', 'generalized']
          : ['other', 'changed'];
  report(comparison, {
    what: `pattern-${word}`,
    effect,
    stored: true,
    base: gone[0],
    head: fresh[0],
    parent,
    says:
      fresh.length === 0
        ? `need no longer match ${scalarText(gone[0])}`
        : gone.length === 0
          ? `has to match ${scalarText(fresh[0])}`
          : `has to match ${scalarText(fresh[0])}, was ${scalarText(gone[0])}`,
  });
}

/** Whether a pattern lets every text through. */
function isAnyText(pattern: string): boolean {
  return /^\^?(?:\.\*)?\$?$/.test(pattern);
}

/** Whether a pattern refuses nothing but the empty text, which patterns with a `+` refuse as well. */
function isNonEmptyText(pattern: Cursor['value']): boolean {
  return typeof pattern === 'string' && /^\^?\.\+\$?$/.test(pattern);
}

function compareFormats(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = formatOf(base);
  const after = formatOf(head);
  if (before?.value === after?.value) return;
  const effect: Effect = isPartOfFormat(after, before)
    ? 'narrower'
    : isPartOfFormat(before, after)
      ? 'wider'
      : 'other';
  report(comparison, {
    what: `format-${before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}`,
    effect,
    stored: true,
    base: before,
    head: after,
    parent,
    says: `its format is ${scalarText(after)}, was ${scalarText(before)}`,
  });
}

function compareMultiples(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = firstStated(base, 'multipleOf');
  const after = firstStated(head, 'multipleOf');
  const from = typeof before?.value === 'number' ? before.value : undefined;
  const to = typeof after?.value === 'number' ? after.value : undefined;
  if (from === to) return;
  report(comparison, {
    what: `multiple-of-${from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'}`,
    effect: isMultiple(to, from) ? 'narrower' : isMultiple(from, to) ? 'wider' : 'other',
    stored: true,
    base: before,
    head: after,
    parent,
    says: `is ${to === undefined ? 'any number' : `a multiple of ${to}`}, was ${from === undefined ? 'any number' : `a multiple of ${from}`}`,
  });
}

function compareFlag(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = uniqueItems(base);
  const after = uniqueItems(head);
  if ((before === undefined) === (after === undefined)) return;
  report(comparison, {
    what: after === undefined ? 'unique-items-removed' : 'unique-items-added',
    effect: after === undefined ? 'wider' : 'narrower',
    stored: true,
    base: before,
    head: after,
    parent,
    says: after === undefined ? 'may have equal items' : 'may no longer have equal items',
  });
}

/** A caller who leaves a value out gets the default: another default is another request. */
function compareDefaults(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = firstStated(base, 'default');
  const after = firstStated(head, 'default');
  const from = before === undefined ? 'none' : JSON.stringify(before.value);
  const to = after === undefined ? 'none' : JSON.stringify(after.value);
  if (from === to) return;
  report(comparison, {
    what: `default-${before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}`,
    effect: comparison.direction === 'request' ? 'other' : 'same',
    ...(comparison.direction === 'request' ? { breaks: ['wire'] as const } : {}),
    base: before,
    head: after,
    parent,
    says: `its default is ${to}, was ${from}`,
  });
}

function compareContent(
  comparison: Comparison,
  views: ViewPair,
  keyword: 'contentEncoding' | 'contentMediaType',
): void {
  const { base, head, parent } = views;
  const before = firstStated(base, keyword);
  const after = firstStated(head, keyword);
  if (before?.value === after?.value) return;
  report(comparison, {
    what: `${kebab(keyword)}-${before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}`,
    effect: before === undefined ? 'narrower' : after === undefined ? 'wider' : 'other',
    typed: true,
    base: before,
    head: after,
    parent,
    says: `${keyword} is ${scalarText(after)}, was ${scalarText(before)}`,
  });
}

/** `maxLength` as part of a rule's name: `max-length`. */
export function kebab(keyword: string): string {
  return keyword.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function patternsOf(view: SchemaView): readonly Cursor[] {
  return stated(view, 'pattern').filter(({ value }) => typeof value === 'string' && !isAnyText(value));
}

function formatOf(view: SchemaView): Cursor | undefined {
  return stated(view, 'format').find(({ value }) => FORMATS.has(value));
}

function isPartOfFormat(part: Cursor | undefined, whole: Cursor | undefined): boolean {
  return whole === undefined || (part !== undefined && WIDER_FORMATS.get(part.value) === whole.value);
}

function isMultiple(of: number | undefined, step: number | undefined): boolean {
  return step === undefined || (of !== undefined && Number.isInteger(Number((of / step).toPrecision(15))));
}

function uniqueItems(view: SchemaView): Cursor | undefined {
  return stated(view, 'uniqueItems').find(({ value }) => value === true);
}
