import { child } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import { excludesType, hasType, isFixed, isSaid, isTest } from '../schema-parts.ts';
import type { JsonValue } from '../../contract/contract.ts';
import type { Rule } from '../rule.ts';

/** Sequences have a largest length, and say what their items are. */
export const boundedArrays: Rule = {
  name: 'bounded-arrays',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      if (kind !== 'schema' || !hasType(cursor.value, 'array') || isTest(visit)) continue;
      const at = child(cursor, 'type') ?? cursor;
      const says = (...keywords: readonly string[]): boolean =>
        isSaid(specs, visit, (schema) => isSettled(schema) || keywords.some((each) => has(schema, each)));
      if (!says('maxItems')) yield { at, message: 'this array has no largest length; add maxItems' };
      if (!says('items', 'prefixItems')) {
        yield { at, message: 'this array does not say what its items are; add items' };
      }
    }
  },
};

function has(schema: JsonValue, keyword: string): boolean {
  return member(schema, keyword) !== undefined;
}

function isSettled(schema: JsonValue): boolean {
  return isFixed(schema) || excludesType(schema, 'array');
}
