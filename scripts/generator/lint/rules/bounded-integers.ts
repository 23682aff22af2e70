import { child, type Cursor } from '../../load/cursor.ts';
import { hasType, isFixed } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

/** Integers have both bounds, within what JavaScript and JSON carry exactly (RFC 8259 section 6). */
export const boundedIntegers: Rule = {
  name: 'bounded-integers',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema' || !hasType(cursor.value, 'integer') || isFixed(cursor.value)) continue;
      for (const [inclusive, exclusive] of [
        ['minimum', 'exclusiveMinimum'],
        ['maximum', 'exclusiveMaximum'],
      ] as const) {
        const bound = child(cursor, inclusive) ?? child(cursor, exclusive);
        if (bound === undefined) {
          yield {
            at: child(cursor, 'type') ?? cursor,
            message: `this integer is not bounded; add ${inclusive}`,
          };
        } else if (!isSafe(bound)) {
          yield {
            at: bound,
            message: 'this bound is beyond 2^53-1, where integers lose digits; make it smaller or use text',
          };
        }
      }
    }
  },
};

function isSafe({ value }: Cursor): boolean {
  return typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
