import { child, items, type Cursor } from '../../load/cursor.ts';
import { hasType } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

/** Numbers of a schema are those that JavaScript and JSON carry exactly (RFC 8259 section 6): others come out rounded. */
export const exactNumbers: Rule = {
  name: 'exact-numbers',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      // The bounds of integers have a rule of their own.
      const bounds = hasType(cursor.value, 'integer') ? [] : BOUNDS.map((keyword) => child(cursor, keyword));
      const values = [
        child(cursor, 'const'),
        child(cursor, 'default'),
        ...items(child(cursor, 'enum')),
        ...bounds,
      ];
      for (const at of values) {
        if (at !== undefined && isRounded(at)) {
          yield { at, message: 'this number is beyond 2^53-1 and loses digits; use text, or a smaller one' };
        }
      }
    }
  },
};

function isRounded({ value }: Cursor): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}
