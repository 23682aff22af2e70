import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { JsonDocument } from './json-document.ts';
import { SchemaViews, type View } from './schema-views.ts';

/** Checks values against a view of a schema; `components` are what it may refer to. */
function checkOf(schema: object, view: View, components: object = {}): (value: unknown) => boolean {
  const views = new SchemaViews(new JsonDocument({ components: { schemas: components } }));
  const copy = views.copy(schema, view);
  const ajv = new Ajv2020({ strict: false, ownProperties: true, useDefaults: true });
  ajv.addSchema({ components: { schemas: views.schemas } }, 'views');
  const text = JSON.stringify(copy).replaceAll('"#/components/schemas/', '"views#/components/schemas/');
  const check = ajv.compile(JSON.parse(text));
  return (value) => check(value);
}

const N = { n: { type: 'integer' } };
const ID = (keyword: string): object => ({ id: { type: 'string', [keyword]: true } });

/** Schemas of an object with `n`, whose `id` goes one way and is required where it goes: what says so stands in several places. */
const SHAPES: Readonly<Record<string, (keyword: string) => object>> = {
  'in one schema': (keyword) => ({ required: ['id'], properties: { ...ID(keyword), ...N } }),
  'required in a sibling part': (keyword) => ({
    allOf: [{ properties: { ...ID(keyword), ...N } }, { required: ['id'] }],
  }),
  'required before the part that lists it': (keyword) => ({
    allOf: [{ required: ['id'] }, { properties: { ...ID(keyword), ...N } }],
  }),
  'required around the part': (keyword) => ({
    required: ['id'],
    allOf: [{ properties: { ...ID(keyword), ...N } }],
  }),
  'required in a part of the schema that lists it': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    allOf: [{ required: ['id'] }],
  }),
  'required in a part of a part': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    allOf: [{ allOf: [{ required: ['id'] }] }],
  }),
  'required behind a reference': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    allOf: [{ $ref: '#/components/schemas/NeedsId' }],
  }),
  'required behind a reference beside it': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    $ref: '#/components/schemas/NeedsId',
  }),
  'listed behind a reference': (keyword) => ({
    allOf: [{ $ref: `#/components/schemas/${keyword}` }, { required: ['id'] }],
  }),
  'listed behind a reference beside it': (keyword) => ({
    $ref: `#/components/schemas/${keyword}`,
    required: ['id'],
  }),
  'both behind references': (keyword) => ({
    allOf: [{ $ref: `#/components/schemas/${keyword}` }, { $ref: '#/components/schemas/NeedsId' }],
  }),
  'required by every alternative': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    anyOf: [{ required: ['id'] }, { required: ['id'], title: 'B' }],
  }),
  'listed by every alternative': (keyword) => ({
    required: ['id'],
    properties: N,
    anyOf: [{ properties: ID(keyword) }, { properties: ID(keyword), title: 'B' }],
  }),
  'required by a condition that holds': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    if: { properties: N },
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
    then: { required: ['id'] },
  }),
  'required beside another property': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    dependentRequired: { n: ['id'] },
  }),
  'required by a schema beside another property': (keyword) => ({
    properties: { ...ID(keyword), ...N },
    dependentSchemas: { n: { required: ['id'] } },
  }),
  'listed twice, and one-way in one place': (keyword) => ({
    allOf: [
      { properties: { ...ID(keyword), ...N } },
      { required: ['id'], properties: { id: { maxLength: 9 } } },
    ],
  }),
};

const COMPONENTS = {
  NeedsId: { required: ['id'] },
  readOnly: { properties: { ...ID('readOnly'), ...N } },
  writeOnly: { properties: { ...ID('writeOnly'), ...N } },
};

suite('a property that goes one way is not asked for the other way, and not taken there', () => {
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (const [keyword, hidden, shown] of [
      ['readOnly', 'request', 'response'],
      ['writeOnly', 'response', 'request'],
    ] as const) {
      test(`${keyword}: ${name}`, () => {
        const schema = { type: 'object', ...shape(keyword) };
        const isHidden = checkOf(schema, hidden, COMPONENTS);
        const isShown = checkOf(schema, shown, COMPONENTS);
        assert.deepEqual(
          [isHidden({ n: 1 }), isHidden({ n: 1, id: 'a' }), isShown({ n: 1 }), isShown({ n: 1, id: 'a' })],
          [true, false, false, true],
        );
      });
    }
  }

  test('a condition that asks for it does not hold', () => {
    const schema = {
      type: 'object',
      properties: { ...ID('readOnly'), ...N },
      if: { required: ['id'] },
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
      then: { required: ['n'] },
      not: { required: ['id'] },
    };
    assert.equal(checkOf(schema, 'request')({}), true);
  });

  test('a component keeps what other users of it ask for', () => {
    const schema = {
      properties: {
        one: { properties: ID('readOnly'), allOf: [{ $ref: '#/components/schemas/NeedsId' }] },
        other: { $ref: '#/components/schemas/NeedsId' },
      },
    };
    const check = checkOf(schema, 'request', COMPONENTS);
    assert.deepEqual(
      [check({ one: {} }), check({ other: {} }), check({ other: { id: 1 } })],
      [true, false, true],
    );
  });
});

/** Schemas of a property, and the default that it has; undefined: none. */
const DEFAULTS: readonly (readonly [schema: object, expected: unknown])[] = [
  [{ type: 'integer', default: 2 }, 2],
  [{ $ref: '#/components/schemas/Two' }, 2],
  [{ $ref: '#/components/schemas/Alias' }, 2],
  [{ $ref: '#/components/schemas/Two', default: 3 }, 3],
  [{ allOf: [{ type: 'integer', default: 2 }] }, 2],
  [{ allOf: [{ type: 'integer' }, { $ref: '#/components/schemas/Two' }] }, 2],
  [{ anyOf: [{ type: 'integer', default: 2 }, { type: 'null' }] }, 2],
  [{ anyOf: [{ $ref: '#/components/schemas/Two' }, { type: 'null' }] }, 2],
  [
    {
      oneOf: [
        { const: 2, default: 2 },
        { $ref: '#/components/schemas/Text', default: 2 },
      ],
    },
    2,
  ],
  [
    {
      oneOf: [
        { type: 'integer', default: 2 },
        { type: 'string', default: 'a' },
      ],
    },
    undefined,
  ],
  [{ allOf: [{ anyOf: [{ type: 'integer', default: 2 }, { type: 'null' }] }] }, 2],
  [{ type: ['integer', 'null'], default: null }, null],
  [{ anyOf: [{ type: 'integer' }, { type: 'null', default: null }] }, null],
  [{ type: 'integer' }, undefined],
];

suite('the default of a property is applied wherever it stands', () => {
  const components = {
    Two: { type: 'integer', default: 2 },
    Alias: { $ref: '#/components/schemas/Two' },
    Text: { type: 'string' },
  };
  for (const [schema, expected] of DEFAULTS) {
    test(JSON.stringify(schema), () => {
      const value: Record<string, unknown> = {};
      assert.equal(
        checkOf({ type: 'object', properties: { a: schema } }, 'request', components)(value),
        true,
      );
      assert.deepEqual(value, expected === undefined ? {} : { a: expected });
      const patch = {};
      checkOf({ type: 'object', properties: { a: schema } }, 'patch', components)(patch);
      assert.deepEqual(patch, {});
    });
  }
});
