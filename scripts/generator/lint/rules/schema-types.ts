import { child, items, members, type Cursor } from '../../load/cursor.ts';
import { isObject, member } from '../../load/json-value.ts';
import { memberRule } from '../../load/openapi-objects.ts';
import { hasType } from '../schema-parts.ts';
import type { Finding, Rule } from '../rule.ts';

const SAYING = ['$ref', 'type', 'const', 'enum'];
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
/** One of these says what is in an object. */
const CONTENTS = [
  'properties',
  'additionalProperties',
  'patternProperties',
  'unevaluatedProperties',
  '$ref',
  'const',
  'enum',
  'allOf',
  'anyOf',
  'oneOf',
];

/** A schema says its type: without one, JSON Schema lets every other type of value pass the keywords below it. */
export const schemaTypes: Rule = {
  name: 'schema-types',
  *check({ visits }) {
    for (const { kind, cursor, member: place } of visits) {
      if (kind !== 'schema' || PARTS.has(place)) continue;
      for (const at of untyped(cursor)) {
        yield {
          at,
          message:
            'this schema does not say its type, so any JSON passes; add type, or waive this rule where that is meant',
        };
      }
      yield* contentsOf(cursor);
    }
  },
};

// An object says what is in it, all of it: else code is given any JSON.
function* contentsOf(schema: Cursor): Generator<Finding, void, undefined> {
  const says = (keyword: string): boolean => member(schema.value, keyword) !== undefined;
  // A misspelt keyword has its own finding.
  const isMisspelt = members(schema).some(
    ([name]) => !name.startsWith('x-') && memberRule('schema', name) === undefined && name !== '$ref',
  );
  if (hasType(schema.value, 'object') && !CONTENTS.some(says) && !isMisspelt) {
    yield {
      at: child(schema, 'type') ?? schema,
      message:
        'this object does not say what is in it; add properties, or additionalProperties with the schema of any',
    };
  }
  if (says('patternProperties') && !says('additionalProperties') && !says('unevaluatedProperties')) {
    yield {
      at: child(schema, 'patternProperties') ?? schema,
      onKey: true,
      message: 'properties that match no pattern may be anything; add additionalProperties',
    };
  }
}

/** Where the type is missing: nowhere, in the schema itself, or in those of its alternatives that leave it open. */
function untyped(schema: Cursor): readonly Cursor[] {
  if (!isObject(schema.value) || SAYING.some((each) => member(schema.value, each) !== undefined)) return [];
  if (items(child(schema, 'allOf')).some((part) => isObject(part.value) && untyped(part).length === 0))
    return [];
  const open = ['oneOf', 'anyOf']
    .map((keyword) => items(child(schema, keyword)))
    .filter((alternatives) => alternatives.length > 0)
    .map((alternatives) => alternatives.flatMap(untyped));
  return open.find((each) => each.length === 0) ?? open[0] ?? [schema];
}
