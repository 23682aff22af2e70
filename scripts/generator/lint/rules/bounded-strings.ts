import { isBinary } from '../../contract/resolve-schema.ts';
import { child } from '../../load/cursor.ts';
import { member, textMember } from '../../load/json-value.ts';
import { hasType, isFixed } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

/** Formats whose values have a length of their own. */
const BOUNDED_FORMATS = new Set(['uuid', 'date', 'date-time', 'time', 'ipv4', 'ipv6']);

/** Text has a longest length: what is not bounded in the contract is bounded by accident. */
export const boundedStrings: Rule = {
  name: 'bounded-strings',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema' || !hasType(cursor.value, 'string') || isFixed(cursor.value)) continue;
      // The body limit bounds octets.
      if (isBinary(cursor.value)) continue;
      const format = textMember(cursor.value, 'format');
      if (member(cursor.value, 'maxLength') !== undefined) continue;
      if (format === undefined || !BOUNDED_FORMATS.has(format)) {
        yield {
          at: child(cursor, 'type') ?? cursor,
          message: 'this text has no longest length; add maxLength',
        };
      }
    }
  },
};
