import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { conditionalProperties } from './conditional-properties.ts';

test('properties that only a condition names are found', () => {
  const text = `components:
  schemas:
    A:
      type: object
      properties: { a: { type: boolean } }
      if: { properties: { a: { const: true } } }
      then: { properties: { b: { type: boolean } } }
      else: { allOf: [{ properties: { c: { type: boolean } } }] }
      dependentSchemas: { a: { properties: { d: { type: boolean } } } }
      dependentRequired: { a: [e] }
`;
  assert.deepEqual(findings(conditionalProperties, text), [
    'conditional-properties at 10:32',
    'conditional-properties at 7:29',
    'conditional-properties at 8:39',
    'conditional-properties at 9:46',
  ]);
});

test('those that the schema around them lists too are fine, itself, in a part, or behind a reference', () => {
  const text = `components:
  schemas:
    A:
      $ref: '#/components/schemas/B'
      properties: { a: { type: boolean } }
      allOf:
        - properties: { b: { type: boolean } }
        - then: { properties: { a: { const: true }, b: { const: true }, c: { const: true } } }
      dependentRequired: { a: [b, c] }
    B: { oneOf: [{ properties: { c: { type: boolean } } }, { $ref: '#/components/schemas/A' }] }
`;
  assert.deepEqual(findings(conditionalProperties, text), []);
});
