import { members } from '../../load/cursor.ts';
import { isObject } from '../../load/json-value.ts';
import { SCHEMA_TYPES } from '../../load/openapi-objects.ts';
import { typesOf } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'contentEncoding', 'contentMediaType'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: [
    'items',
    'prefixItems',
    'minItems',
    'maxItems',
    'uniqueItems',
    'contains',
    'minContains',
    'maxContains',
  ],
  object: [
    'properties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'required',
    'minProperties',
    'maxProperties',
    'dependentRequired',
  ],
};

const KNOWN = new Set<string>(SCHEMA_TYPES);

/** A keyword that does not apply to the schema's type checks nothing: it is a mistake about one of the two. */
export const applicableKeywords: Rule = {
  name: 'applicable-keywords',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      const types = typesOf(cursor.value).map((type) => (type === 'integer' ? 'number' : type));
      if (kind !== 'schema' || !isObject(cursor.value) || types.length === 0) continue;
      // A misspelt type has its own finding.
      if (types.some((type) => !KNOWN.has(type))) continue;
      for (const [keyword, node] of members(cursor)) {
        const applies = Object.entries(KEYWORDS).find(([, keywords]) => keywords.includes(keyword))?.[0];
        if (applies !== undefined && !types.includes(applies)) {
          yield {
            at: node,
            onKey: true,
            message: `${keyword} checks nothing on type ${typesOf(cursor.value).join(', ')}; remove it, or correct the type`,
          };
        }
      }
    }
  },
};
