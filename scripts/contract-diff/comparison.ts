import { child, type Cursor } from '../generator/load/cursor.ts';
import { sameJson } from '../generator/load/json-value.ts';
import { ChangeList, type Party, type Step } from './change.ts';
import type { SchemaView, Side } from './schema-view.ts';

/** Which way a value travels: callers write requests and read responses. */
export type Direction = 'request' | 'response';

/** What a change does to the set of values that are right: fewer, more, others, the same. */
export type Effect = 'narrower' | 'wider' | 'other' | 'same';

/** What is compared, and where its changes go. */
export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly direction: Direction;
  /** `GET /recipes/{recipeId}`. */
  readonly operation: string;
  /** In words: `the request body`, `query parameter limit`. */
  readonly subject: string;
  /** From the subject to the value that is compared: `ingredients`, `[]`, `name`. */
  readonly path: readonly string[];
  /** Under `not`, what a schema refuses is what is right. */
  readonly inverted: boolean;
  /** The value is sent as text, as parameters are, so that a number can be read as a string too. */
  readonly isText: boolean;
  readonly changes: ChangeList;
  /** Keys of changes under pairs of schemas that were compared. */
  readonly compared: Map<string, Set<string>>;
  /** The sets that a change found now belongs to. */
  readonly open: readonly Set<string>[];
  /** Pairs that are being compared: met again inside themselves, they are taken for equal. */
  readonly under: ReadonlySet<string>;
  /** Whether a pair was found to break callers, for pairs that were only tried. */
  readonly tried: Map<string, boolean>;
}

/** Schemas that apply to one value in both contracts; an empty list means that any value is right. */
export interface SchemaPair {
  readonly base: readonly Cursor[];
  readonly head: readonly Cursor[];
  /** Where to look in the head when a side has no schema. */
  readonly parent: Cursor;
}

/** The same schemas, opened. */
export interface ViewPair {
  readonly base: SchemaView;
  readonly head: SchemaView;
  readonly parent: Cursor;
}

/** What two nodes differ in. */
export interface Difference {
  /** Without direction: `maximum-lowered`. */
  readonly what: string;
  readonly effect: Effect;
  /** Whether types of code say it, so that code stops compiling. */
  readonly typed?: boolean;
  /** Whether a column or a constraint of the database may say it too. */
  readonly stored?: boolean;
  /** Instead of what follows from the effect. */
  readonly breaks?: readonly Party[];
  readonly step?: Step;
  readonly base?: Cursor | undefined;
  readonly head?: Cursor | undefined;
  readonly parent: Cursor;
  /** Goes after the name of the place: `at most 100 characters, was 200`. */
  readonly says: string;
}

/** Notes a difference, with whom it breaks. */
export function report(comparison: Comparison, difference: Difference): void {
  const { direction, operation, changes, open } = comparison;
  const { what, base, head, parent, says } = difference;
  const effect = comparison.inverted ? invert(difference.effect) : difference.effect;
  const breaks = difference.breaks ?? brokenBy(direction, effect, difference);
  const key = changes.add(
    {
      rule: `${direction}-${what}`,
      breaks,
      step: difference.step ?? 'minor',
      base,
      head,
      parent,
      message: `${placeName(comparison)}: ${says}`,
    },
    operation,
  );
  for (const keys of open) keys.add(key);
}

/** Notes a change of words for people. */
export function reportWords(
  comparison: Comparison,
  base: Cursor,
  head: Cursor,
  keywords: readonly string[],
): void {
  for (const keyword of keywords) {
    const before = child(base, keyword);
    const after = child(head, keyword);
    if (before === undefined && after === undefined) continue;
    if (before !== undefined && after !== undefined && sameJson(before.value, after.value)) continue;
    const verb = before === undefined ? 'is new' : after === undefined ? 'is gone' : 'is other';
    report(comparison, {
      what: 'words-changed',
      effect: 'same',
      step: 'patch',
      base: before,
      head: after,
      parent: head,
      says: `${keyword} ${verb}`,
    });
  }
}

/** Compares without noting anything; gives what was found. */
export function probe(comparison: Comparison, compare: (inner: Comparison) => void): ChangeList {
  const changes = new ChangeList();
  compare({ ...comparison, changes, open: [], compared: new Map() });
  return changes;
}

/** A comparison one step further inside the value. */
export function inside(comparison: Comparison, step: string): Comparison {
  return { ...comparison, path: [...comparison.path, step] };
}

function brokenBy(
  direction: Direction,
  effect: Effect,
  { typed = false, stored = false }: Pick<Difference, 'typed' | 'stored'>,
): readonly Party[] {
  if (effect === 'same') return [];
  const callers = effect === 'other' || (direction === 'request') === (effect === 'narrower');
  const handlers = effect === 'other' || !callers;
  return [
    ...(callers ? (['wire'] as const) : []),
    ...(callers && typed ? (['sdk'] as const) : []),
    ...(handlers && typed ? (['server'] as const) : []),
    // Rows that a narrower response refuses, and values of a wider request that a column has no room for.
    ...(handlers && stored ? (['database'] as const) : []),
  ];
}

function invert(effect: Effect): Effect {
  if (effect === 'narrower') return 'wider';
  return effect === 'wider' ? 'narrower' : effect;
}

function placeName({ subject, path }: Comparison): string {
  if (path.length === 0) return subject;
  const name = path.reduce(
    (text, step) => (step.startsWith('[') || text === '' ? text + step : `${text}.${step}`),
    '',
  );
  return `${name} of ${subject}`;
}
