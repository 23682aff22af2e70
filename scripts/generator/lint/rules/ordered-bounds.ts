import { child } from '../../load/cursor.ts';
import type { Cursor } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';
import { conjuncts } from '../schema-parts.ts';

/** Pairs of bounds; `strict` ones leave nothing between them when they are equal. */
const BOUNDS = [
  { low: 'minimum', high: 'maximum', strict: false },
  { low: 'minimum', high: 'exclusiveMaximum', strict: true },
  { low: 'exclusiveMinimum', high: 'maximum', strict: true },
  { low: 'exclusiveMinimum', high: 'exclusiveMaximum', strict: true },
  { low: 'minLength', high: 'maxLength', strict: false },
  { low: 'minItems', high: 'maxItems', strict: false },
  { low: 'minContains', high: 'maxContains', strict: false },
  { low: 'minProperties', high: 'maxProperties', strict: false },
] as const;

/** A lower bound lies below its upper one: else no value passes the schema. */
export const orderedBounds: Rule = {
  name: 'ordered-bounds',
  *check({ specs, visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      for (const { low, high, strict } of BOUNDS) {
        const all = conjuncts(specs, cursor);
        const [from, to] = [Math.max(...bounds(all, low)), Math.min(...bounds(all, high))];
        // Without a bound there is nothing that it could pass by.
        if (from < to || (from === to && !strict)) continue;
        const at = child(cursor, low) ?? child(cursor, high) ?? cursor;
        // Parts that leave nothing among themselves have a finding of their own.
        if (all.some((part) => part !== cursor && isEmpty(conjuncts(specs, part), low, high, strict)))
          continue;
        yield {
          at,
          message: `no value passes ${low} ${from} and ${high} ${to}; correct one of them`,
        };
      }
    }
  },
};

function isEmpty(schemas: readonly Cursor[], low: string, high: string, strict: boolean): boolean {
  const [from, to] = [Math.max(...bounds(schemas, low)), Math.min(...bounds(schemas, high))];
  return from > to || (from === to && strict);
}

function bounds(schemas: readonly Cursor[], keyword: string): readonly number[] {
  return schemas.flatMap((schema) => {
    const value = child(schema, keyword)?.value;
    return typeof value === 'number' ? [value] : [];
  });
}
