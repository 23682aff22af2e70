import { member } from '../../load/json-value.ts';
import { isObject } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

const SAYING = ['$ref', 'type', 'const', 'enum', 'allOf', 'anyOf', 'oneOf', 'not'];
/** In these places a schema adds to one that has a type already. */
const PARTS = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'contains',
  'propertyNames',
]);

/** A schema says its type: without one, JSON Schema lets every other type of value pass the keywords below it. */
export const schemaTypes: Rule = {
  name: 'schema-types',
  *check({ visits }) {
    for (const { kind, cursor, member: place } of visits) {
      if (kind !== 'schema' || !isObject(cursor.value) || PARTS.has(place)) continue;
      if (!SAYING.some((keyword) => member(cursor.value, keyword) !== undefined)) {
        yield {
          at: cursor,
          message:
            'this schema does not say its type, so any JSON passes; add type, or waive this rule where that is meant',
        };
      }
    }
  },
};
