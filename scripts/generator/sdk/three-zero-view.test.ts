import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JsonObject } from '../contract/contract.ts';
import { threeZeroView } from './three-zero-view.ts';

function viewOf(schema: JsonObject): unknown {
  return threeZeroView({ openapi: '3.1.0', components: { schemas: { S: schema } } })['components'];
}

suite('the OpenAPI 3.0 view', () => {
  const ref = { $ref: '#/components/schemas/T' };
  const rows: readonly [name: string, schema: JsonObject, expected: JsonObject][] = [
    ['a nullable scalar', { type: ['string', 'null'] }, { type: 'string', nullable: true }],
    [
      'a nullable list',
      { type: ['array', 'null'], items: { type: 'string' } },
      { items: { type: 'string' }, type: 'array', nullable: true },
    ],
    [
      'a list of types',
      { type: ['string', 'integer'] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    ],
    ['null alone', { type: ['null'] }, { nullable: true }],
    ['a nullable reference', { anyOf: [ref, { type: 'null' }] }, { allOf: [ref], nullable: true }],
    [
      'a nullable union',
      { oneOf: [ref, { type: 'string' }, { type: 'null' }] },
      { oneOf: [ref, { type: 'string' }], nullable: true },
    ],
    ['a constant', { type: 'integer', const: 3 }, { type: 'integer', enum: [3] }],
    [
      'exclusive bounds',
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'number', exclusiveMinimum: true, minimum: 0 },
    ],
    ['examples', { type: 'string', examples: ['a', 'b'] }, { type: 'string', example: 'a' }],
    [
      'a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }] },
      { type: 'array', items: { anyOf: [{ type: 'string' }] } },
    ],
    [
      'a property that is called type',
      { type: 'object', properties: { type: { type: 'string' }, const: { type: 'string' } } },
      { type: 'object', properties: { type: { type: 'string' }, const: { type: 'string' } } },
    ],
  ];
  for (const [name, schema, expected] of rows) {
    test(`says ${name}`, () => assert.deepEqual(viewOf(schema), { schemas: { S: expected } }));
  }

  test('has the version, and nothing that 3.0 lacks', () => {
    const view = threeZeroView({ openapi: '3.1.0', jsonSchemaDialect: 'x', webhooks: {}, paths: {} });
    assert.deepEqual(view, { openapi: '3.0.3', paths: {} });
  });
});
