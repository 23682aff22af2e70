import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../testing.ts';
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
