import { type Cursor } from '../generator/load/cursor.ts';
import { sameJson, textMember } from '../generator/load/json-value.ts';
import { report, type Comparison, type SchemaPair, type ViewPair } from './comparison.ts';
import { alternativesOf, assertionsOf, type Alternatives, type SchemaView } from './schema-view.ts';

type Recurse = (comparison: Comparison, pair: SchemaPair) => void;
/** Whether callers are broken when one schema takes the place of another. */
type Breaks = (pair: SchemaPair) => boolean;

const UNIONS: ReadonlySet<string> = new Set(['oneOf', 'anyOf']);

/**
 * Compares one schema with several that stand in its place (`oneOf`, `anyOf`), or the other way round.
 *
 * @returns true when that says all: the side with alternatives says nothing else.
 */
export function isSettledByAlternatives(comparison: Comparison, views: ViewPair, breaks: Breaks): boolean {
  const { base, head, parent } = views;
  const before = alternativesOf(base);
  const after = alternativesOf(head);
  if (before.schemas.length === 0 && after.schemas.length > 0 && isOnlyUnion(head) && !isEmpty(base)) {
    const accepting = after.schemas.filter((schema) => !breaks({ base: base.parts, head: [schema], parent }));
    const isSafe =
      comparison.direction === 'response'
        ? accepting.length === after.schemas.length
        : after.exclusive
          ? accepting.length === 1
          : accepting.length > 0;
    report(comparison, {
      what: 'wrapped-in-alternatives',
      effect: isSafe ? (comparison.direction === 'request' ? 'wider' : 'narrower') : 'other',
      typed: true,
      head: after.at,
      parent,
      says: isSafe
        ? 'is one of several schemas, and what was right is right'
        : accepting.length > 1 && comparison.direction === 'request'
          ? 'has to match exactly one of several schemas, and what was right can match more than one'
          : 'is one of several schemas, and they are not the one that it was',
    });
    return true;
  }
  if (after.schemas.length === 0 && before.schemas.length > 0 && isOnlyUnion(base) && !isEmpty(head)) {
    const kept = before.schemas.filter((schema) => !breaks({ base: [schema], head: head.parts, parent }));
    const isSafe =
      comparison.direction === 'request' ? kept.length === before.schemas.length : kept.length > 0;
    report(comparison, {
      what: 'alternatives-unwrapped',
      effect: isSafe ? (comparison.direction === 'request' ? 'wider' : 'narrower') : 'other',
      typed: true,
      base: before.at,
      parent,
      says: isSafe
        ? 'is one schema in place of several, and what was right is right'
        : 'is one schema in place of several, and not each of them fits it',
    });
    return true;
  }
  return false;
}

/** Compares alternatives with alternatives: those that are the same by name, then by what they accept. */
export function compareAlternatives(
  comparison: Comparison,
  views: ViewPair,
  recurse: Recurse,
  breaks: Breaks,
): void {
  const { base, head, parent } = views;
  const before = alternativesOf(base);
  const after = alternativesOf(head);
  if (before.schemas.length === 0 && after.schemas.length === 0) return;
  if (before.schemas.length === 0 || after.schemas.length === 0) {
    reportAppeared(comparison, before, after, parent);
    return;
  }
  const { pairs, gone, fresh } = match(before.schemas, after.schemas, (was, is) =>
    breaks({ base: [was], head: [is], parent }),
  );
  for (const [was, is] of pairs) recurse(comparison, { base: [was], head: [is], parent });
  for (const schema of gone) {
    // What another alternative accepts is accepted still; a type of its own is gone all the same.
    const isTaken = after.schemas.some((other) => !breaks({ base: [schema], head: [other], parent }));
    const hasName = textMember(schema.value, '$ref') !== undefined;
    if (isTaken && !hasName) continue;
    report(comparison, {
      what: 'alternative-removed',
      effect: 'narrower',
      ...(isTaken && comparison.direction === 'request' ? { breaks: ['sdk'] as const } : {}),
      typed: true,
      stored: true,
      base: schema,
      parent: after.at ?? parent,
      says: `${nameOf(schema)} is no longer one of the alternatives`,
    });
  }
  for (const schema of fresh) {
    report(comparison, {
      what: 'alternative-added',
      effect: 'wider',
      typed: true,
      head: schema,
      parent,
      says: `${nameOf(schema)} is a new alternative`,
    });
  }
}

function reportAppeared(
  comparison: Comparison,
  before: Alternatives,
  after: Alternatives,
  parent: Cursor,
): void {
  const isNew = before.schemas.length === 0;
  report(comparison, {
    what: isNew ? 'alternatives-added' : 'alternatives-removed',
    effect: isNew ? 'narrower' : 'wider',
    typed: true,
    base: before.at,
    head: after.at,
    parent,
    says: isNew
      ? 'has to match one of several schemas as well'
      : 'need no longer match one of several schemas',
  });
}

function match(
  before: readonly Cursor[],
  after: readonly Cursor[],
  breaks: (was: Cursor, is: Cursor) => boolean,
): {
  readonly pairs: readonly (readonly [Cursor, Cursor])[];
  readonly gone: readonly Cursor[];
  readonly fresh: readonly Cursor[];
} {
  const pairs: (readonly [Cursor, Cursor])[] = [];
  let gone = [...before];
  let fresh = [...after];
  const tests: readonly ((was: Cursor, is: Cursor) => boolean)[] = [
    (was, is) => sameName(was, is, '$ref'),
    (was, is) => sameJson(was.value, is.value),
    (was, is) => sameName(was, is, 'title'),
    (was, is) => !breaks(was, is),
  ];
  for (const test of tests) {
    for (const was of gone) {
      const is = fresh.find((candidate) => test(was, candidate));
      if (is === undefined) continue;
      pairs.push([was, is]);
      gone = gone.filter((schema) => schema !== was);
      fresh = fresh.filter((schema) => schema !== is);
    }
  }
  const [was, ...moreGone] = gone;
  const [is, ...moreFresh] = fresh;
  if (was !== undefined && is !== undefined && moreGone.length === 0 && moreFresh.length === 0) {
    return { pairs: [...pairs, [was, is]], gone: [], fresh: [] };
  }
  return { pairs, gone, fresh };
}

function sameName(was: Cursor, is: Cursor, keyword: '$ref' | 'title'): boolean {
  const name = textMember(was.value, keyword);
  return name !== undefined && name === textMember(is.value, keyword);
}

/** Whether a schema says nothing but its alternatives. */
function isOnlyUnion(view: SchemaView): boolean {
  return view.parts.every((part) => assertionsOf(part, UNIONS).length === 0);
}

function isEmpty(view: SchemaView): boolean {
  return view.parts.every((part) => assertionsOf(part).length === 0);
}

function nameOf(schema: Cursor): string {
  const reference = textMember(schema.value, '$ref');
  const name = reference?.split('/').at(-1) ?? textMember(schema.value, 'title');
  if (name !== undefined) return name;
  const type = textMember(schema.value, 'type');
  return type === undefined ? 'a schema' : `a schema of type ${type}`;
}
