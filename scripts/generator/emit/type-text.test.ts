import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Documentation, ObjectSchema, Property, Schema } from '../contract/contract.ts';
import { typeIdentifier } from '../contract/identifiers.ts';
import { type Code, partsOf, typeRef } from '../print/code.ts';
import type { SchemaNames, View } from './schema-names.ts';
import { typeText } from './type-text.ts';

const NO_WORDS: Documentation = { summary: '', description: '', deprecated: false };
const string: Schema = { kind: 'string', format: '' };
const number: Schema = { kind: 'number', integer: false, format: '' };
const nothing: Schema = { kind: 'null' };
const never: Schema = { kind: 'never' };
const json: Schema = { kind: 'json' };
const reference: Schema = { kind: 'reference', home: 'ticket', component: 'Ticket' };

const union = (...members: Schema[]): Schema => ({ kind: 'union', members });
const intersection = (...members: Schema[]): Schema => ({ kind: 'intersection', members });
const array = (items: Schema): Schema => ({ kind: 'array', items });
const literal = (value: string): Schema => ({ kind: 'literal', value });
function property(name: string, schema: Schema, more: Partial<Property> = {}): Property {
  return {
    name,
    schema,
    required: true,
    readOnly: false,
    writeOnly: false,
    documentation: NO_WORDS,
    ...more,
  };
}
function object(properties: readonly Property[], additional: Schema = never): ObjectSchema {
  return { kind: 'object', properties, additional };
}

const names: SchemaNames = {
  refer: (home, component, view) =>
    typeRef(
      typeIdentifier(`${component}${view === 'request' ? 'Input' : ''}`) ?? assert.fail(),
      `generated/${home}/schemas.ts`,
    ),
};
const show = (piece: Code): string =>
  partsOf(piece)
    .map((part) => (part.kind === 'text' ? part.text : part.type.name))
    .join('');
const print = (schema: Schema, view: View = 'response'): string => show(typeText(schema, { names, view }));

suite('typeText', () => {
  const cases: readonly (readonly [string, Schema])[] = [
    ['string', string],
    ['number', { kind: 'number', integer: true, format: 'int64' }],
    ['JsonValue', json],
    ['never', never],
    ['UploadedFile', { kind: 'binary' }],
    ['readonly string[]', array(string)],
    ['readonly (readonly string[])[]', array(array(string))],
    ['readonly (string | null)[]', array(union(string, nothing))],
    [
      'readonly (Ticket & { readonly a: string })[]',
      array(intersection(reference, object([property('a', string)]))),
    ],
    ['readonly string[] | null', union(array(string), nothing)],
    [
      'Ticket & { readonly a: string } | null',
      union(intersection(reference, object([property('a', string)])), nothing),
    ],
    ['(string | null) & Ticket', intersection(union(string, nothing), reference)],
    ['readonly [string, ...readonly number[]]', { kind: 'tuple', items: [string], rest: number }],
    ['readonly [string | null]', { kind: 'tuple', items: [union(string, nothing)], rest: never }],
    ['readonly []', { kind: 'tuple', items: [], rest: never }],
    ['readonly (readonly [string])[]', array({ kind: 'tuple', items: [string], rest: never })],
    ['-1', { kind: 'literal', value: -1 }],
    ['number', { kind: 'literal', value: Number.POSITIVE_INFINITY }],
    ["readonly ['a', { readonly b: 1 }]", { kind: 'literal', value: ['a', { b: 1 }] }],
    ['{ readonly [key: string]: never }', object([])],
    ['{ readonly [key: string]: JsonValue }', object([], json)],
    [
      "{ readonly a: string; readonly 'b-c'?: number }",
      object([property('a', string), property('b-c', number, { required: false })]),
    ],
  ];
  for (const [text, schema] of cases) test(`prints ${text}`, () => assert.equal(print(schema), text));

  test('leaves readOnly properties out of requests and writeOnly ones out of responses', () => {
    const schema = object([
      property('id', string, { readOnly: true }),
      property('password', string, { writeOnly: true }),
      property('of', reference),
    ]);
    assert.equal(print(schema, 'request'), '{ readonly password: string; readonly of: TicketInput }');
    assert.equal(print(schema, 'response'), '{ readonly id: string; readonly of: Ticket }');
  });

  test('widens an index signature to every listed property, so that it compiles and reads soundly', () => {
    const listed = [property('a', string), property('b', union(number, nothing), { required: false })];
    assert.equal(
      print(object(listed, { kind: 'boolean' })),
      '{\n  readonly a: string;\n  readonly b?: number | null;\n' +
        '  readonly [key: string]: boolean | string | number | null;\n}',
    );
    assert.equal(
      print(object([property('a', string), property('r', reference)], json)),
      '{ readonly a: string; readonly r: Ticket; readonly [key: string]: JsonValue | Ticket }',
    );
  });

  test('breaks a wide union into one member a line', () => {
    const members = Array.from({ length: 9 }, (_, index) => literal(`quite-a-long-value-${String(index)}`));
    assert.match(print(union(...members)), /^\n {2}\| 'quite-a-long-value-0'\n {2}\| /);
  });

  test('breaks an object with words on its properties and prints them', () => {
    const documentation = { ...NO_WORDS, description: 'In grams.', deprecated: true };
    assert.equal(
      print(object([property('a', number, { documentation })])),
      '{\n  /**\n   * In grams.\n   *\n   * @deprecated\n   */\n  readonly a: number;\n}',
    );
  });
});
