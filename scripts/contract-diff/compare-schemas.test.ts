/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compareDocuments, documentOf, operationOf } from './testing/documents.ts';

type Schema = Readonly<Record<string, unknown>> | boolean;

/** `-`: no change; `ok`: a change that breaks no caller; else what it breaks. */
type Verdict = '-' | 'ok' | 'wire' | 'sdk' | 'wire+sdk';

const text = { type: 'string' };
const object = (properties: Readonly<Record<string, Schema>>, more: object = {}): Schema => ({
  type: 'object',
  properties,
  ...more,
});
const list = (more: object): Schema => ({ type: 'array', items: text, ...more });
const cat = object({ kind: { type: 'string', const: 'cat' } }, { required: ['kind'] });
const dog = object({ kind: { type: 'string', const: 'dog' } }, { required: ['kind'] });

/** Each kind of change from left to right, and what it is in a request and in a response; then the same from right to left. */
const CHANGES: readonly (readonly [
  name: string,
  base: Schema,
  head: Schema,
  there: readonly [request: Verdict, response: Verdict],
  back: readonly [request: Verdict, response: Verdict],
])[] = [
  ['words', { ...text, description: 'a' }, { ...text, description: 'b' }, ['ok', 'ok'], ['ok', 'ok']],
  ['type, another', text, { type: 'integer' }, ['wire+sdk', 'wire+sdk'], ['wire+sdk', 'wire+sdk']],
  ['type, one less', { type: ['string', 'integer'] }, text, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  ['integers of numbers', { type: 'number' }, { type: 'integer' }, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  ['null', { type: ['string', 'null'] }, text, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  ['a type where there was none', {}, text, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  ['enum', text, { ...text, enum: ['a'] }, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  [
    'enum, one less',
    { ...text, enum: ['a', 'b'] },
    { ...text, enum: ['a'] },
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  [
    'const',
    { ...text, const: 'a' },
    { ...text, const: 'b' },
    ['wire+sdk', 'wire+sdk'],
    ['wire+sdk', 'wire+sdk'],
  ],
  [
    'const of enum',
    { ...text, enum: ['a', 'b'] },
    { ...text, const: 'a' },
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  [
    'enum in another order',
    { ...text, enum: ['a', 'b'] },
    { ...text, enum: ['b', 'a'] },
    ['-', '-'],
    ['-', '-'],
  ],
  [
    'known values, one less',
    { ...text, 'x-extensible-enum': ['a', 'b'] },
    { ...text, 'x-extensible-enum': ['a'] },
    ['wire', 'ok'],
    ['ok', 'ok'],
  ],
  ['minimum', { type: 'number', minimum: 1 }, { type: 'number', minimum: 2 }, ['wire', 'ok'], ['ok', 'wire']],
  ['maximum', { type: 'number', maximum: 2 }, { type: 'number', maximum: 1 }, ['wire', 'ok'], ['ok', 'wire']],
  [
    'maximum where there was none',
    { type: 'number' },
    { type: 'number', maximum: 1 },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'the bound itself',
    { type: 'number', minimum: 1 },
    { type: 'number', exclusiveMinimum: 1 },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'a bound that another makes idle',
    { type: 'number', minimum: 1 },
    { type: 'number', minimum: 1, exclusiveMinimum: 0 },
    ['-', '-'],
    ['-', '-'],
  ],
  ['minLength', text, { ...text, minLength: 1 }, ['wire', 'ok'], ['ok', 'wire']],
  ['minLength 0', text, { ...text, minLength: 0 }, ['-', '-'], ['-', '-']],
  ['maxLength', { ...text, maxLength: 9 }, { ...text, maxLength: 8 }, ['wire', 'ok'], ['ok', 'wire']],
  ['pattern', text, { ...text, pattern: '^a' }, ['wire', 'ok'], ['ok', 'wire']],
  [
    'pattern, another',
    { ...text, pattern: '^a' },
    { ...text, pattern: '^b' },
    ['wire', 'wire'],
    ['wire', 'wire'],
  ],
  ['pattern of any text', text, { ...text, pattern: '^.*$' }, ['-', '-'], ['-', '-']],
  [
    'pattern of any text but the empty one',
    { ...text, pattern: '^[a-z]+$' },
    { ...text, pattern: '.+' },
    ['ok', 'wire'],
    ['wire', 'wire'],
  ],
  ['format', text, { ...text, format: 'date' }, ['wire', 'ok'], ['ok', 'wire']],
  ['format that nobody checks', text, { ...text, format: 'fruit' }, ['-', '-'], ['-', '-']],
  [
    'format of more numbers',
    { type: 'integer', format: 'int64' },
    { type: 'integer', format: 'int32' },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'multipleOf',
    { type: 'number', multipleOf: 0.1 },
    { type: 'number', multipleOf: 0.2 },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'multipleOf, another',
    { type: 'number', multipleOf: 2 },
    { type: 'number', multipleOf: 3 },
    ['wire', 'wire'],
    ['wire', 'wire'],
  ],
  ['minItems', list({}), list({ minItems: 1 }), ['wire', 'ok'], ['ok', 'wire']],
  ['maxItems', list({ maxItems: 3 }), list({ maxItems: 2 }), ['wire', 'ok'], ['ok', 'wire']],
  ['uniqueItems', list({}), list({ uniqueItems: true }), ['wire', 'ok'], ['ok', 'wire']],
  ['items', list({}), list({ items: { ...text, maxLength: 1 } }), ['wire', 'ok'], ['ok', 'wire']],
  ['items where there were none', { type: 'array' }, list({}), ['wire', 'ok'], ['ok', 'wire']],
  ['prefixItems that items described', list({}), list({ prefixItems: [text] }), ['-', '-'], ['-', '-']],
  [
    'prefixItems',
    list({}),
    list({ prefixItems: [{ type: 'integer' }] }),
    ['wire+sdk', 'wire+sdk'],
    ['wire+sdk', 'wire+sdk'],
  ],
  ['contains', list({}), list({ contains: { const: 'a' } }), ['wire', 'ok'], ['ok', 'wire']],
  [
    'minContains',
    list({ contains: {} }),
    list({ contains: {}, minContains: 2 }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'maxContains',
    list({ contains: {}, maxContains: 2 }),
    list({ contains: {}, maxContains: 1 }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  ['unevaluatedItems', list({}), list({ unevaluatedItems: false }), ['wire', 'ok'], ['ok', 'wire']],
  ['a new member', object({ a: text }), object({ a: text, b: text }), ['ok', 'ok'], ['ok', 'wire+sdk']],
  [
    'a new member of a closed object',
    object({ a: text }, { additionalProperties: false }),
    object({ a: text, b: text }, { additionalProperties: false }),
    ['ok', 'ok'],
    ['wire+sdk', 'wire+sdk'],
  ],
  [
    'a new required member',
    object({ a: text }),
    object({ a: text, b: text }, { required: ['b'] }),
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  [
    'a required member',
    object({ a: text }),
    object({ a: text }, { required: ['a'] }),
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  [
    'a read-only member',
    object({}),
    object({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    ['-', 'ok'],
    ['-', 'wire+sdk'],
  ],
  [
    'a write-only member',
    object({}),
    object({ a: { ...text, writeOnly: true } }, { required: ['a'] }),
    ['wire+sdk', '-'],
    ['ok', '-'],
  ],
  [
    'additionalProperties false',
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
    ['wire+sdk', 'ok'],
    ['ok', 'ok'],
  ],
  [
    'additionalProperties of a type',
    object({}),
    object({}, { additionalProperties: text }),
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  [
    'additionalProperties true',
    object({}),
    object({}, { additionalProperties: true }),
    ['-', '-'],
    ['-', '-'],
  ],
  [
    'additionalProperties, tighter',
    object({}, { additionalProperties: text }),
    object({}, { additionalProperties: { ...text, maxLength: 1 } }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'unevaluatedProperties false',
    object({ a: text }),
    object({ a: text }, { unevaluatedProperties: false }),
    ['wire+sdk', 'ok'],
    ['ok', 'ok'],
  ],
  ['minProperties', object({}), object({}, { minProperties: 1 }), ['wire', 'ok'], ['ok', 'wire']],
  [
    'patternProperties',
    object({}),
    object({}, { patternProperties: { '^x-': text } }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'propertyNames',
    object({}),
    object({}, { propertyNames: { pattern: '^a' } }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'dependentRequired',
    object({ a: text }),
    object({ a: text }, { dependentRequired: { a: ['b'] } }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'dependentSchemas',
    object({ a: text }),
    object({ a: text }, { dependentSchemas: { a: { required: ['b'] } } }),
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  ['not', text, { ...text, not: { const: 'a' } }, ['wire', 'ok'], ['ok', 'wire']],
  [
    'not, less of it',
    { ...text, not: { enum: ['a', 'b'] } },
    { ...text, not: { enum: ['a'] } },
    ['ok', 'wire+sdk'],
    ['wire+sdk', 'ok'],
  ],
  [
    'if, another',
    { ...text, if: { const: 'a' }, then: {} },
    { ...text, if: { const: 'b' }, then: {} },
    ['wire', 'wire'],
    ['wire', 'wire'],
  ],
  [
    'if, in words',
    { ...text, if: { const: 'a' }, then: {} },
    { ...text, if: { const: 'a', title: 'A' }, then: {} },
    ['-', '-'],
    ['-', '-'],
  ],
  [
    'then',
    { ...text, if: { const: 'a' } },
    { ...text, if: { const: 'a' }, then: { maxLength: 1 } },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'else',
    { ...text, if: { const: 'a' }, else: {} },
    { ...text, if: { const: 'a' }, else: { maxLength: 1 } },
    ['wire', 'ok'],
    ['ok', 'wire'],
  ],
  [
    'contentEncoding',
    { ...text, contentEncoding: 'base64' },
    { ...text, contentEncoding: 'base64url' },
    ['wire+sdk', 'wire+sdk'],
    ['wire+sdk', 'wire+sdk'],
  ],
  [
    'contentMediaType',
    text,
    { ...text, contentMediaType: 'text/html' },
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  ['contentSchema', text, { ...text, contentSchema: text }, ['wire', 'ok'], ['ok', 'wire']],
  ['default', { ...text, default: 'a' }, { ...text, default: 'b' }, ['wire', 'ok'], ['wire', 'ok']],
  ['default where there was none', text, { ...text, default: 'b' }, ['wire', 'ok'], ['wire', 'ok']],
  ['an alternative', { oneOf: [cat, dog] }, { oneOf: [cat] }, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
  [
    'an alternative of anyOf',
    { anyOf: [cat, dog] },
    { anyOf: [cat] },
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  ['alternatives in another order', { oneOf: [cat, dog] }, { oneOf: [dog, cat] }, ['-', '-'], ['-', '-']],
  ['oneOf in place of anyOf', { anyOf: [cat, dog] }, { oneOf: [cat, dog] }, ['-', '-'], ['-', '-']],
  ['several schemas in place of one', cat, { oneOf: [cat, dog] }, ['ok', 'wire+sdk'], ['wire+sdk', 'ok']],
  [
    'null as an alternative',
    text,
    { anyOf: [text, { type: 'null' }] },
    ['ok', 'wire+sdk'],
    ['wire+sdk', 'ok'],
  ],
  [
    'several schemas beside others',
    object({ a: text }),
    object({ a: text }, { anyOf: [cat, dog] }),
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  ['allOf that says the same', object({ a: text }), { allOf: [object({ a: text })] }, ['-', '-'], ['-', '-']],
  [
    'one more of allOf',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }), { required: ['a'] }] },
    ['wire+sdk', 'ok'],
    ['ok', 'wire+sdk'],
  ],
  ['no value at all', text, false, ['wire+sdk', 'ok'], ['ok', 'wire+sdk']],
];

function verdictOf(direction: 'request' | 'response', base: Schema, head: Schema): Verdict {
  const side = (schema: Schema): string =>
    documentOf({
      '/things': {
        post: operationOf(
          direction === 'request' ? { body: { value: schema } } : { answer: { value: schema } },
        ),
      },
    });
  const changes = compareDocuments(side(base), side(head));
  const breaks = ['wire', 'sdk'].filter((party) =>
    changes.some((change) => change.breaks.some((who) => who === party)),
  );
  for (const change of changes) {
    assert.ok(change.at.line > 1, change.message);
    assert.equal(change.operation, 'POST /things');
    assert.equal(change.breaking, change.step === 'major', change.message);
  }
  if (changes.length === 0) return '-';
  const verdict = breaks.join('+');
  return verdict === 'wire' || verdict === 'sdk' || verdict === 'wire+sdk' ? verdict : 'ok';
}

suite('a change of a schema', () => {
  for (const [name, base, head, there, back] of CHANGES) {
    test(name, () => {
      assert.deepEqual([verdictOf('request', base, head), verdictOf('response', base, head)], there, 'there');
      assert.deepEqual(
        [verdictOf('request', head, base), verdictOf('response', head, base)],
        back,
        'and back',
      );
    });
  }

  test('is nothing where nothing changed', () => {
    for (const [name, base, head] of CHANGES) {
      for (const schema of [base, head]) {
        assert.equal(verdictOf('request', schema, schema), '-', name);
        assert.equal(verdictOf('response', schema, schema), '-', name);
      }
    }
  });
});
