/**
 * Whether a column can be null at run time. `nullable` and `not-null` are proven from the statement and the schema;
 * `undecided` is everything else, and asks the author.
 */
export type Nullability = 'not-null' | 'nullable' | 'undecided';

export interface Verdict {
  readonly nullability: Nullability;
  /** Why, as the rest of a sentence: `it is on the nullable side of an outer join`. */
  readonly reason: string;
}

/** Proven never null. */
export function notNull(reason: string): Verdict {
  return { nullability: 'not-null', reason };
}

/** Can be null. */
export function nullable(reason: string): Verdict {
  return { nullability: 'nullable', reason };
}

/** Not known. */
export function undecided(reason: string): Verdict {
  return { nullability: 'undecided', reason };
}

/** Null when any part is: a strict function's arguments, the branches of a CASE. Not null when there is no part. */
export function nullWhenAnyIs(verdicts: readonly Verdict[], reason: string): Verdict {
  return (
    verdicts.find(({ nullability }) => nullability === 'nullable') ??
    verdicts.find(({ nullability }) => nullability === 'undecided') ??
    notNull(reason)
  );
}

/** Null only when every part is: COALESCE, GREATEST. */
export function nullWhenAllAre(verdicts: readonly Verdict[], reason: string): Verdict {
  return (
    verdicts.find(({ nullability }) => nullability === 'not-null') ??
    verdicts.find(({ nullability }) => nullability === 'undecided') ??
    nullable(reason)
  );
}
