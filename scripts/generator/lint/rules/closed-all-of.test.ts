import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { closedAllOf } from './closed-all-of.ts';

test('a closed part beside other properties is found', () => {
  const text = `components:
  schemas:
    A:
      allOf:
        - { $ref: "#/components/schemas/B" }
        - { type: object, properties: { x: { type: boolean } } }
    B: { type: object, additionalProperties: false, properties: { y: { type: boolean } } }
`;
  assert.deepEqual(findings(closedAllOf, text), ['closed-all-of at 5:11']);
});

test('a closed part alone is fine', () => {
  const text = `components:
  schemas:
    A:
      description: A.
      allOf:
        - { type: object, additionalProperties: false, properties: { y: { type: boolean } } }
`;
  assert.deepEqual(findings(closedAllOf, text), []);
});

test('the whole closed with unevaluatedProperties is fine', () => {
  const text = `components:
  schemas:
    A:
      unevaluatedProperties: false
      allOf:
        - { type: object, properties: { y: { type: boolean } } }
        - { type: object, properties: { x: { type: boolean } } }
`;
  assert.deepEqual(findings(closedAllOf, text), []);
});

test('a schema that closes itself against its parts or alternatives is found', () => {
  const text = `components:
  schemas:
    A:
      additionalProperties: false
      properties: { x: { type: boolean } }
      allOf: [{ $ref: "#/components/schemas/C" }]
    B:
      additionalProperties: false
      properties: { k: { type: boolean } }
      oneOf: [{ required: [x], properties: { x: { type: boolean } } }, { required: [k] }]
    C: { type: object, properties: { y: { type: boolean } } }
    D:
      $ref: "#/components/schemas/C"
      additionalProperties: false
`;
  assert.deepEqual(findings(closedAllOf, text), [
    'closed-all-of at 4:29',
    'closed-all-of at 8:29',
    'closed-all-of at 14:29',
  ]);
});

test('a closed alternative beside properties is found; one that lists them too is fine', () => {
  const text = `components:
  schemas:
    A:
      properties: { k: { type: boolean } }
      oneOf:
        - { additionalProperties: false, properties: { x: { type: boolean } } }
        - { additionalProperties: false, properties: { k: { type: boolean }, y: { type: boolean } } }
`;
  assert.deepEqual(findings(closedAllOf, text), ['closed-all-of at 6:11']);
});
