import { child } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** A property that is readOnly and writeOnly is in no request and in no response. */
export const oneDirection: Rule = {
  name: 'one-direction',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      if (member(cursor.value, 'readOnly') === true && member(cursor.value, 'writeOnly') === true) {
        yield {
          at: child(cursor, 'writeOnly') ?? cursor,
          message: 'readOnly and writeOnly exclude each other; keep one',
        };
      }
    }
  },
};
