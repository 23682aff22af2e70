import type { JsonValue } from '../../contract/contract.ts';
import { child, type Cursor } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import { excludesType, hasType, isFixed, isSaid, isTest } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

/** Integers have both bounds, within what JavaScript and JSON carry exactly (RFC 8259 section 6). */
export const boundedIntegers: Rule = {
  name: 'bounded-integers',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      if (kind !== 'schema' || !hasType(cursor.value, 'integer') || isTest(visit)) continue;
      for (const [inclusive, exclusive] of [
        ['minimum', 'exclusiveMinimum'],
        ['maximum', 'exclusiveMaximum'],
      ] as const) {
        const bound = child(cursor, inclusive) ?? child(cursor, exclusive);
        if (bound !== undefined && !isSafe(bound)) {
          yield {
            at: bound,
            message: 'this bound is beyond 2^53-1, where integers lose digits; make it smaller or use text',
          };
        }
        const isBounded = (schema: JsonValue): boolean =>
          isFixed(schema) ||
          excludesType(schema, 'integer') ||
          member(schema, inclusive) !== undefined ||
          member(schema, exclusive) !== undefined;
        if (!isSaid(specs, visit, isBounded)) {
          yield {
            at: child(cursor, 'type') ?? cursor,
            message: `this integer is not bounded; add ${inclusive}`,
          };
        }
      }
    }
  },
};

function isSafe({ value }: Cursor): boolean {
  return typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
