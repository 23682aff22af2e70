import { child } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import { hasType, isFixed } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

/** Sequences have a largest length, and say what their items are. */
export const boundedArrays: Rule = {
  name: 'bounded-arrays',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema' || !hasType(cursor.value, 'array') || isFixed(cursor.value)) continue;
      const at = child(cursor, 'type') ?? cursor;
      if (member(cursor.value, 'maxItems') === undefined) {
        yield { at, message: 'this array has no largest length; add maxItems' };
      }
      if (member(cursor.value, 'items') === undefined && member(cursor.value, 'prefixItems') === undefined) {
        yield { at, message: 'this array does not say what its items are; add items' };
      }
    }
  },
};
