import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../testing.ts';
import { schemaTypes } from './schema-types.ts';

test('a schema without type is found', () => {
  const text = `components:
  schemas:
    A:
      properties:
        a: {}
        b: { maxLength: 3 }
`;
  assert.deepEqual(findings(schemaTypes, text), [
    'schema-types at 3:5',
    'schema-types at 5:9',
    'schema-types at 6:9',
  ]);
});

test('references, fixed values, combinations and their parts are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { $ref: "#/components/schemas/A" }
        - { required: [a] }
        - { const: 1 }
        - { type: object, properties: { a: { enum: [1] }, b: { allOf: [{ minLength: 1 }] }, c: true } }
`;
  assert.deepEqual(findings(schemaTypes, text), []);
});
