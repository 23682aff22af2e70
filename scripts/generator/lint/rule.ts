import type { Cursor } from '../load/cursor.ts';
import { followReference } from '../load/references.ts';
import { textMember } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';
import type { Visit } from '../load/walk-document.ts';
import type { SourceDocument } from '../load/source-document.ts';

/** What a rule reads: one document of a set, and every OpenAPI object in it. Shapes may still be wrong. */
export interface RuleInput {
  readonly specs: SpecSet;
  readonly document: SourceDocument;
  readonly visits: readonly Visit[];
}

/** Something a rule found, and what to do about it, in one sentence. */
export interface Finding {
  readonly at: Cursor;
  /** True when the key is what is wrong, whatever its value. */
  readonly onKey?: true;
  readonly message: string;
}

/** A rule of the house style. It looks at one document at a time and may follow references into others. */
export interface Rule {
  /** Kebab-case; what a waiver names. */
  readonly name: string;
  check(input: RuleInput): Iterable<Finding>;
}

/** The node itself or what its reference stands for; `undefined` when that leads nowhere. */
export function behind(specs: SpecSet, cursor: Cursor): Cursor | undefined {
  let at = cursor;
  for (let step = 0; step < 50; step += 1) {
    const ref = textMember(at.value, '$ref');
    if (ref === undefined) return at;
    const target = followReference(specs, at, ref);
    if (target.kind !== 'found') return undefined;
    at = target.cursor;
  }
  return undefined;
}
