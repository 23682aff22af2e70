import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
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
        - { const: 1 }
        - { type: object, properties: { a: { enum: [1] }, b: { allOf: [{ minLength: 1 }, { type: string }] }, c: true } }
`;
  assert.deepEqual(findings(schemaTypes, text), []);
});

test('alternatives that leave the type open are found, unless the schema around them says it', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: string }
        - { properties: { a: { type: boolean } } }
    B: { anyOf: [{ description: Anything. }, { const: 1 }] }
    C: { not: { type: string } }
    D:
      type: object
      anyOf: [{ required: [a] }, { required: [b] }]
    E: { allOf: [{ minProperties: 1 }, { $ref: '#/components/schemas/D' }], oneOf: [{ required: [a] }] }
`;
  assert.deepEqual(findings(schemaTypes, text), [
    'schema-types at 6:11',
    'schema-types at 7:18',
    'schema-types at 8:5',
  ]);
});

test('an object that does not say what is in it is found', () => {
  const text = `components:
  schemas:
    A: { type: object, minProperties: 1 }
    B: { type: [object, 'null'] }
    C: { type: object, patternProperties: { '^x-': { type: boolean } } }
    D: { type: object, additionalProperties: true }
    E: { type: object, patternProperties: { '^x-': { type: boolean } }, additionalProperties: false }
`;
  assert.deepEqual(findings(schemaTypes, text), [
    'schema-types at 3:16',
    'schema-types at 4:10',
    'schema-types at 5:24',
  ]);
});
