import { child, items } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import { behind } from '../rule.ts';
import type { Rule } from '../rule.ts';

/**
 * A part of `allOf` that is closed refuses the properties of the other parts, so nothing passes: the whole is closed
 * with `unevaluatedProperties: false` instead.
 */
export const closedAllOf: Rule = {
  name: 'closed-all-of',
  *check({ specs, visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      const parts = items(child(cursor, 'allOf'));
      if (parts.length === 0) continue;
      const withProperties = [cursor, ...parts].filter(
        (part) => member(behind(specs, part)?.value, 'properties') !== undefined,
      );
      if (withProperties.length < 2) continue;
      for (const part of parts) {
        if (member(behind(specs, part)?.value, 'additionalProperties') === false) {
          yield {
            at: part,
            message:
              'this part of allOf has additionalProperties: false and refuses what the other parts add; close the whole with unevaluatedProperties: false instead',
          };
        }
      }
    }
  },
};
