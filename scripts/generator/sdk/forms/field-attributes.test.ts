import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { JsonObject } from '../../contract/contract.ts';
import { contractFacts } from './form-facts.ts';
import { fieldAttributes, type InputFacts } from './field-attributes.ts';

function attributes(schema: JsonObject, isRequired = true): JsonObject {
  const facts = contractFacts(schema, {});
  assert.ok(facts.kind !== 'list' && facts.kind !== 'object' && facts.kind !== 'component');
  return fieldAttributes(facts satisfies InputFacts, isRequired);
}

suite('the attributes of a text', () => {
  const text = { type: 'string' };
  const rows: readonly [name: string, schema: JsonObject, expected: JsonObject][] = [
    [
      'have its lengths',
      { ...text, minLength: 2, maxLength: 9 },
      { required: true, minLength: 2, maxLength: 9 },
    ],
    [
      'do not ask for one that may be empty',
      { ...text, minLength: 0, maxLength: 9 },
      { required: false, maxLength: 9 },
    ],
    [
      'do not ask for one that may be null',
      { type: ['string', 'null'], minLength: 1 },
      { required: false, minLength: 1 },
    ],
    [
      'ask for one whose pattern refuses the empty text',
      { ...text, pattern: '^a+$' },
      { required: true, pattern: '^a+$' },
    ],
    [
      'keep a pattern with alternatives inside',
      { ...text, pattern: String.raw`^(a|[\)]b)$` },
      { required: true, pattern: String.raw`^(a|[\)]b)$` },
    ],
    [
      'let a pattern match anywhere, as JSON Schema does',
      { ...text, pattern: 'a|b' },
      { required: true, pattern: String.raw`[\s\S]*(?:a|b)[\s\S]*` },
    ],
    [
      'widen a pattern whose alternatives are anchored apart',
      { ...text, pattern: '^a|b$' },
      { required: true, pattern: String.raw`[\s\S]*(?:^a|b$)[\s\S]*` },
    ],
    [
      'widen a pattern that ends in a dollar sign',
      { ...text, pattern: String.raw`^a\$` },
      { required: true, pattern: String.raw`[\s\S]*(?:^a\$)[\s\S]*` },
    ],
    [
      'leave out a pattern that HTML does not compile',
      { ...text, pattern: String.raw`^[\w-]+$` },
      { required: true },
    ],
    ['are none for an enumeration', { ...text, enum: ['a', 'b'] }, { required: true }],
    ['do not ask for an enumeration with the empty text', { ...text, enum: ['', 'b'] }, { required: false }],
  ];
  for (const [name, schema, expected] of rows)
    test(name, () => assert.deepEqual(attributes(schema), expected));

  test('match what the pattern of the contract matches', () => {
    const patterns = ['^a+$', 'a|b', '^a|b$', '(?<=x)y', String.raw`\d{2}`];
    const values = ['a', 'aa', 'b', 'xab', 'xb', 'xy', 'y', 'a12', '1', 'ab\nb'];
    for (const pattern of patterns) {
      const { pattern: html } = attributes({ type: 'string', pattern });
      assert.ok(typeof html === 'string');
      for (const value of values) {
        assert.equal(
          new RegExp(`^(?:${html})$`, 'v').test(value),
          new RegExp(pattern, 'u').test(value),
          `${pattern} ${value}`,
        );
      }
    }
  });
});

suite('the attributes of a number', () => {
  const rows: readonly [name: string, schema: JsonObject, expected: JsonObject][] = [
    ['have its bounds', { type: 'integer', minimum: 0, maximum: 9 }, { min: 0, max: 9, step: 1 }],
    ['allow every number by name', { type: 'number', minimum: 0.5 }, { min: 0.5, step: 'any' }],
    [
      'start at the first integer',
      { type: 'integer', minimum: 0.5, maximum: 9.5 },
      { min: 1, max: 9, step: 1 },
    ],
    [
      'leave out excluded bounds',
      { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 9 },
      { min: 1, max: 8, step: 1 },
    ],
    [
      'take the stricter of two bounds',
      { type: 'integer', minimum: 5, exclusiveMinimum: 0 },
      { min: 5, step: 1 },
    ],
    [
      'start at the first multiple',
      { type: 'integer', minimum: 1, maximum: 24, multipleOf: 5 },
      { min: 5, max: 20, step: 5 },
    ],
    ['count in decimals', { type: 'number', minimum: 0.07, multipleOf: 0.01 }, { min: 0.07, step: 0.01 }],
    [
      'know multiples that are excluded',
      { type: 'number', exclusiveMinimum: 0, multipleOf: 0.1 },
      { min: 0.1, step: 0.1 },
    ],
    ['have no negative zero', { type: 'integer', minimum: -0.5 }, { min: 0, step: 1 }],
    [
      'keep an excluded bound that nothing is next to',
      { type: 'number', exclusiveMinimum: 0 },
      { min: 0, step: 'any' },
    ],
  ];
  for (const [name, schema, expected] of rows) {
    test(name, () => assert.deepEqual(attributes(schema), { required: true, ...expected }));
  }
});

suite('the attributes of others', () => {
  test('ask for no box to be ticked', () =>
    assert.deepEqual(attributes({ type: 'boolean' }), { required: false }));
  test('ask for a file', () =>
    assert.deepEqual(attributes({ type: 'string', format: 'binary' }), { required: true }));
  test('say nothing of what no input stands for', () => {
    const union = { anyOf: [{ type: 'string' }, { type: 'number' }] };
    assert.deepEqual(attributes(union), { required: false });
    assert.deepEqual(attributes({ not: { type: 'string' } }), { required: false });
  });
});
