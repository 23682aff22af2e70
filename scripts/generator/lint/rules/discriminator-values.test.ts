import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { discriminatorValues } from './discriminator-values.ts';

test('an alternative that does not fix the property is found', () => {
  const text = `components:
  schemas:
    A:
      oneOf: [{ $ref: "#/components/schemas/B" }]
      discriminator: { propertyName: kind }
    B: { type: object, required: [kind], properties: { kind: { type: string } } }
`;
  assert.deepEqual(findings(discriminatorValues, text), ['discriminator-values at 4:15']);
});

test('one that does not require it is found', () => {
  const text = `components:
  schemas:
    A:
      oneOf: [{ $ref: "#/components/schemas/B" }]
      discriminator: { propertyName: kind }
    B: { type: object, properties: { kind: { const: B } } }
`;
  assert.deepEqual(findings(discriminatorValues, text), ['discriminator-values at 4:15']);
});

test('one that fixes another value than the mapping says is found', () => {
  const text = `components:
  schemas:
    A:
      oneOf: [{ $ref: "#/components/schemas/B" }]
      discriminator: { propertyName: kind, mapping: { b: "#/components/schemas/B" } }
    B: { type: object, required: [kind], properties: { kind: { const: c } } }
`;
  assert.deepEqual(findings(discriminatorValues, text), ['discriminator-values at 4:15']);
});

test('the name of the component is the value without a mapping', () => {
  const text = `components:
  schemas:
    A:
      oneOf: [{ $ref: "#/components/schemas/B" }]
      discriminator: { propertyName: kind }
    B: { type: object, required: [kind], properties: { kind: { const: B } } }
`;
  assert.deepEqual(findings(discriminatorValues, text), []);
});

test('a discriminator without alternatives is found', () => {
  const text = `components:
  schemas:
    A:
      type: object
      discriminator: { propertyName: kind }
`;
  assert.deepEqual(findings(discriminatorValues, text), ['discriminator-values at 5:7']);
});
