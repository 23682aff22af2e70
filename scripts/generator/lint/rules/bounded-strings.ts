import { isBinary } from '../../contract/resolve-schema.ts';
import { child } from '../../load/cursor.ts';
import { member, textMember } from '../../load/json-value.ts';
import { excludesType, hasType, isFixed, isSaid, isTest } from '../schema-parts.ts';
import type { JsonValue } from '../../contract/contract.ts';
import type { Rule } from '../rule.ts';

/** Formats whose values have a length of their own. */
const BOUNDED_FORMATS = new Set(['uuid', 'date', 'date-time', 'time', 'ipv4', 'ipv6']);

/** Text has a longest length: what is not bounded in the contract is bounded by accident. */
export const boundedStrings: Rule = {
  name: 'bounded-strings',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      if (kind !== 'schema' || !hasType(cursor.value, 'string') || isTest(visit)) continue;
      // The body limit bounds octets.
      if (isBinary(cursor.value)) continue;
      if (isSaid(specs, visit, isBounded)) continue;
      yield {
        at: child(cursor, 'type') ?? cursor,
        message: 'this text has no longest length; add maxLength',
      };
    }
  },
};

function isBounded(schema: JsonValue): boolean {
  const format = textMember(schema, 'format');
  return (
    isFixed(schema) ||
    excludesType(schema, 'string') ||
    member(schema, 'maxLength') !== undefined ||
    (format !== undefined && BOUNDED_FORMATS.has(format))
  );
}
