import { child } from '../../load/cursor.ts';
import type { Cursor } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

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
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      for (const { low, high, strict } of BOUNDS) {
        const from = bound(cursor, low);
        const to = bound(cursor, high);
        if (from === undefined || to === undefined || from < to || (from === to && !strict)) continue;
        yield {
          at: child(cursor, low) ?? cursor,
          message: `no value passes ${low} ${from} and ${high} ${to}; correct one of them`,
        };
      }
    }
  },
};

function bound(schema: Cursor, keyword: string): number | undefined {
  const value = child(schema, keyword)?.value;
  return typeof value === 'number' ? value : undefined;
}
