import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileTest, sketch, testSchemas } from '../testing/compile-test.ts';

/** `[what it shows, components in YAML, sketch of A]`. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['a type', 'A: { type: integer }', 'integer'],
  ['several types are a union', "A: { type: [string, 'null'] }", 'string | null'],
  [
    'each type takes its own keywords',
    'A: { type: [array, string], items: { type: boolean } }',
    '[...boolean] | string',
  ],
  ['no type is any JSON', 'A: { description: Anything. }', 'json'],
  ['true and false', 'A: { type: object, properties: { a: true, b: false } }', '{a?: json, b?: never}'],
  ['not {} is nothing', 'A: { not: {} }', 'never'],
  ['an enum is a union of literals', 'A: { type: string, enum: [a, b] }', '"a" | "b"'],
  ['enum values of other types cannot occur', 'A: { type: string, enum: [a, 1, null] }', '"a"'],
  ['null in an enum is null', "A: { type: [string, 'null'], enum: [a, null] }", '"a" | null'],
  ['const beside an enum that lacks it', 'A: { const: a, enum: [a, b] }', '"a"'],
  ['an object literal', 'A: { const: { x: 1 } }', '{"x":1}'],
  ['a literal that a wider member covers goes', 'A: { anyOf: [{ type: number }, { const: 1 }] }', 'number'],
  [
    'texts listed beside a string stay: the list may grow',
    'A: { anyOf: [{ type: string }, { const: a }] }',
    'string | "a"',
  ],
  ['an object without properties is open', 'A: { type: object }', '{...: json}'],
  [
    'listed properties hide unlisted ones',
    'A: { type: object, properties: { a: { type: string } } }',
    '{a?: string}',
  ],
  [
    'stated additional properties',
    'A: { type: object, properties: { a: { type: string } }, additionalProperties: { type: number } }',
    '{a?: string, ...: number}',
  ],
  [
    'pattern properties are additional ones',
    "A: { type: object, patternProperties: { '^x': { type: number } }, additionalProperties: false }",
    '{...: number}',
  ],
  [
    'a required name without a schema',
    'A: { type: object, required: [b], properties: { a: { type: string } } }',
    '{a?: string, b: json}',
  ],
  ['properties alone make an object', 'A: { properties: { a: { type: string } } }', '{a?: string}'],
  ['items alone make an array', 'A: { items: { type: string } }', '[...string]'],
  [
    'a tuple needs its minimum',
    'A: { type: array, prefixItems: [{ type: string }, { type: number }], items: false, minItems: 2 }',
    '[string, number, ...never]',
  ],
  [
    'a tuple that may be shorter is an array',
    'A: { type: array, prefixItems: [{ type: string }, { type: number }], items: false }',
    '[...string | number]',
  ],
  [
    'allOf merges objects and what they require',
    'A: { allOf: [{ type: object, properties: { a: { type: string } } }, { required: [a], properties: { b: { type: number } } }] }',
    '{a: string, b?: number}',
  ],
  [
    'allOf merges through references',
    "A: { allOf: [{ $ref: '#/components/schemas/B' }, { properties: { b: { const: x } } }] }\nB: { type: object, properties: { b: { type: string } } }",
    '{b?: "x"}',
  ],
  [
    'allOf of one reference is that reference',
    "A: { description: Mine., allOf: [{ $ref: '#/components/schemas/B' }] }\nB: { type: object }",
    'B',
  ],
  [
    'a reference beside a type of its own',
    "A: { type: object, $ref: '#/components/schemas/B' }\nB: { type: object, properties: { b: { type: string } } }",
    'B',
  ],
  [
    'a reference beside properties',
    "A: { $ref: '#/components/schemas/B', properties: { a: { type: string } } }\nB: { type: object, properties: { b: { type: string } } }",
    '{b?: string, a?: string}',
  ],
  [
    'an object beside alternatives stays beside them',
    "A: { type: object, properties: { a: { type: string } }, oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }\nB: { type: object }\nC: { type: object, properties: { c: { type: string } } }",
    '({a?: string}) & (B | C)',
  ],
  [
    'type: object beside alternatives adds nothing',
    "A: { type: object, oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }\nB: { type: object }\nC: { type: object, properties: { c: { type: string } } }",
    'B | C',
  ],
  [
    'alternatives that only require',
    'A: { type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }',
    '({a?: string, b?: string}) & ({a: json} | {b: json})',
  ],
  [
    'a type narrows alternatives',
    "A: { type: string, anyOf: [{ type: number }, { type: [string, 'null'] }] }",
    'string',
  ],
  [
    'nullable by anyOf',
    "A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] }\nB: { type: object }",
    'B | null',
  ],
  [
    'unevaluatedProperties closes the whole',
    'A: { unevaluatedProperties: false, allOf: [{ type: object, additionalProperties: true, properties: { a: { type: string } } }] }',
    '{a?: string}',
  ],
  [
    'a circle goes through its name',
    "A: { type: object, properties: { child: { $ref: '#/components/schemas/A' } } }",
    '{child?: A}',
  ],
  [
    'a circle through allOf stays an intersection',
    "A: { type: object, properties: { child: { allOf: [{ $ref: '#/components/schemas/A' }, { properties: { x: { type: string } } }] } } }",
    '{child?: ({x?: string}) & (A)}',
  ],
  [
    'a circle through a bare allOf is the name',
    "A: { type: object, properties: { child: { type: object, allOf: [{ $ref: '#/components/schemas/A' }] } } }",
    '{child?: A}',
  ],
  [
    'a reference inside another component is written out',
    "A: { $ref: '#/components/schemas/B/properties/b' }\nB: { type: object, properties: { b: { type: string } } }",
    'string',
  ],
  ['octets in JSON are text', 'A: { type: string, format: binary }', 'string'],
];

suite('a schema', () => {
  for (const [name, schemas, expected] of CASES) {
    test(name, async () => {
      const actual = sketch((await testSchemas(schemas))['A']);
      assert.equal(actual.replace('(A) & ({x?: string})', '({x?: string}) & (A)'), expected);
    });
  }
});

suite('OpenAPI 3.0', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['nullable', 'A: { type: string, nullable: true }', 'string | null'],
    ['nullable beside an enum', 'A: { type: string, enum: [a], nullable: true }', '"a" | null'],
    [
      'nullable beside allOf',
      "A: { nullable: true, allOf: [{ $ref: '#/components/schemas/B' }] }\nB: { type: object }",
      'B | null',
    ],
    [
      'siblings of a reference are ignored',
      "A: { $ref: '#/components/schemas/B', nullable: true }\nB: { type: string }",
      'B',
    ],
    ['nullable: false', 'A: { type: string, nullable: false }', 'string'],
  ];
  for (const [name, schemas, expected] of cases) {
    test(name, async () => {
      assert.equal(sketch((await testSchemas(schemas, '3.0.3'))['A']), expected);
    });
  }
});

test('flags are found behind references', async () => {
  const schemas = await testSchemas(
    "A: { type: object, properties: { id: { $ref: '#/components/schemas/Id' }, secret: { type: string, writeOnly: true } } }\nId: { type: string, readOnly: true }",
  );
  const object = schemas['A'];
  assert.ok(object?.kind === 'object');
  assert.deepEqual(
    object.properties.map(({ readOnly, writeOnly }) => [readOnly, writeOnly]),
    [
      [true, false],
      [false, true],
    ],
  );
});

test('an anonymous circle is refused at its reference', async () => {
  const { refused } = await compileTest(
    "components:\n  schemas:\n    A:\n      type: object\n      properties:\n        a: { type: object, properties: { b: { $ref: '#/components/schemas/A/properties/a' } } }\n",
  );
  assert.deepEqual(refused, ['recursive-reference at 8']);
});
