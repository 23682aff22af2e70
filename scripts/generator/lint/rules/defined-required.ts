import { child, items } from '../../load/cursor.ts';
import { isObject, member } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';
import { listedProperties, outermost, sameValueSchemas } from '../schema-parts.ts';

/**
 * A name that is required is listed as a property, beside it or in another schema that says something of the same value: else it is
 * most likely misspelt. An object that takes further names, with a schema for them, may require some of these.
 */
export const definedRequired: Rule = {
  name: 'defined-required',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const names = visit.kind === 'schema' ? items(child(visit.cursor, 'required')) : [];
      if (names.length === 0) continue;
      const { cursor: whole } = outermost(visit);
      // What only a condition lists has a finding of its own.
      const listed = new Set([...listedProperties(specs, whole), ...listedProperties(specs, visit.cursor)]);
      const takesOthers = sameValueSchemas(specs, whole).some(
        ({ value }) =>
          isObject(member(value, 'additionalProperties')) || member(value, 'patternProperties') !== undefined,
      );
      if (takesOthers) continue;
      for (const at of names) {
        if (typeof at.value !== 'string' || listed.has(at.value)) continue;
        yield {
          at,
          message: `the required property "${at.value}" is listed nowhere; list it under properties, or correct the name`,
        };
      }
    }
  },
};
