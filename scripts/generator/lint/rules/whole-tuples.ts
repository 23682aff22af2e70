import { child, items } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';
import { isSaid } from '../schema-parts.ts';

/** A tuple has all of its first items, and says what may follow: else its type can only be a list of anything. */
export const wholeTuples: Rule = {
  name: 'whole-tuples',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      const prefix = kind === 'schema' ? child(cursor, 'prefixItems') : undefined;
      if (prefix === undefined) continue;
      const length = items(prefix).length;
      const isWhole = isSaid(specs, visit, (schema) => Number(member(schema, 'minItems') ?? 0) >= length);
      if (!isWhole) {
        const message = `the first items may be missing, so none has a type of its own; add minItems: ${length}`;
        yield { at: prefix, onKey: true, message };
      }
      if (!isSaid(specs, visit, (schema) => member(schema, 'items') !== undefined)) {
        const message =
          'this tuple does not say what follows its first items; add items: false, or their schema';
        yield { at: prefix, onKey: true, message };
      }
    }
  },
};
