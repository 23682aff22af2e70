import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import type { Rule } from '../rule.ts';
import { boundedArrays } from './bounded-arrays.ts';
import { boundedIntegers } from './bounded-integers.ts';
import { boundedStrings } from './bounded-strings.ts';
import { definedRequired } from './defined-required.ts';
import { discriminatorValues } from './discriminator-values.ts';
import { orderedBounds } from './ordered-bounds.ts';
import { trueDefaults } from './true-defaults.ts';
import { wholeTuples } from './whole-tuples.ts';

/**
 * What a rule asks for may be said by every schema that says something of the same value. `base` alone breaks the rule, and `said`
 * mends it, wherever it stands: members in YAML.
 */
const SAID: readonly (readonly [rule: Rule, base: string, said: string])[] = [
  [boundedStrings, 'type: string', 'maxLength: 9'],
  [boundedStrings, 'type: string', 'format: uuid'],
  [boundedStrings, 'type: string', 'enum: [a]'],
  [boundedStrings, "type: [string, 'null']", 'const: a'],
  [boundedArrays, 'type: array, items: { type: boolean }', 'maxItems: 9'],
  [boundedArrays, 'type: array, maxItems: 9', 'items: { type: boolean }'],
  [boundedArrays, 'type: array, maxItems: 9', 'prefixItems: [{ type: boolean }]'],
  [boundedIntegers, 'type: integer, maximum: 9', 'minimum: 0'],
  [boundedIntegers, 'type: integer, minimum: 0', 'exclusiveMaximum: 9'],
  [wholeTuples, 'prefixItems: [{ type: boolean }], items: false', 'minItems: 1'],
  [wholeTuples, 'prefixItems: [{ type: boolean }], minItems: 1', 'items: false'],
  [definedRequired, 'required: [a]', 'properties: { a: { type: boolean } }'],
  [definedRequired, 'required: [a]', 'additionalProperties: { type: boolean }'],
];

/** Where it may stand: schemas beside a component `Said` that has what is said. */
const PLACES: Readonly<Record<string, (base: string, said: string) => string>> = {
  'in the schema': (base, said) => `{ ${base}, ${said} }`,
  'behind a reference beside it': (base) => `{ ${base}, $ref: '#/components/schemas/Said' }`,
  'in a part': (base, said) => `{ ${base}, allOf: [{ ${said} }] }`,
  'in a part behind a reference': (base) => `{ ${base}, allOf: [{ $ref: '#/components/schemas/Said' }] }`,
  'in a part of a part': (base, said) => `{ ${base}, allOf: [{ allOf: [{ ${said} }] }] }`,
  'in a sibling part': (base, said) => `{ allOf: [{ ${base} }, { ${said} }] }`,
  'in the schema around its part': (base, said) => `{ ${said}, allOf: [{ ${base} }] }`,
  'in the schema around its alternative': (base, said) =>
    `{ ${said}, anyOf: [{ ${base} }, { type: 'null' }] }`,
  'in a part of the schema around its alternative': (base, said) =>
    `{ allOf: [{ ${said} }], oneOf: [{ ${base} }, { type: 'null' }] }`,
};

const ALTERNATIVES: Readonly<Record<string, (base: string, said: string) => string>> = {
  'in every alternative': (base, said) => `{ ${base}, oneOf: [{ ${said} }, { ${said}, title: B }] }`,
  'in every alternative, one behind a reference': (base, said) =>
    `{ ${base}, anyOf: [{ $ref: '#/components/schemas/Said' }, { ${said}, title: B }] }`,
};

function found(rule: Rule, schema: string, said: string): readonly string[] {
  return findings(rule, `components:\n  schemas:\n    A: ${schema}\n    Said: { ${said} }\n`).filter((each) =>
    each.includes(' at 3:'),
  );
}

suite('what a rule asks for is said', () => {
  for (const [rule, base, said] of SAID) {
    suite(`${rule.name}: ${base}, and ${said}`, () => {
      test('nowhere: it is a finding', () => assert.notDeepEqual(found(rule, `{ ${base} }`, said), []));

      for (const [place, schema] of Object.entries({ ...PLACES, ...ALTERNATIVES })) {
        test(place, () => assert.deepEqual(found(rule, schema(base, said), said), []));
      }

      test('in one alternative only: it is a finding, but for names', () => {
        const schema = `{ ${base}, oneOf: [{ ${said} }, { title: B }] }`;
        assert.equal(found(rule, schema, said).length === 0, rule === definedRequired);
      });
    });
  }
});

/** What contradicts what is said, in each place where something can stand. */
const CONTRADICTED: readonly (readonly [rule: Rule, base: string, said: string])[] = [
  [trueDefaults, 'default: c', 'enum: [a, b]'],
  [trueDefaults, 'default: c', 'const: a'],
  [trueDefaults, 'default: c', 'type: integer'],
  [trueDefaults, 'default: abc', 'maxLength: 2'],
  [trueDefaults, 'default: 3', 'minimum: 4'],
];

suite('what contradicts another schema of the same value is found', () => {
  for (const [rule, base, said] of CONTRADICTED) {
    for (const [place, schema] of Object.entries(PLACES)) {
      test(`${rule.name}: ${base}, and ${said} ${place}`, () =>
        assert.deepEqual(found(rule, schema(base, said), said).length, 1));
    }
  }

  for (const schema of [
    '{ minimum: 5, maximum: 4 }',
    '{ minimum: 5, allOf: [{ maximum: 4 }] }',
    "{ maxItems: 1, $ref: '#/components/schemas/Said' }",
    '{ allOf: [{ minLength: 5 }, { maxLength: 4 }] }',
    '{ allOf: [{ allOf: [{ minimum: 5 }] }, { exclusiveMaximum: 5 }] }',
  ]) {
    test(`ordered-bounds: ${schema}`, () =>
      assert.equal(found(orderedBounds, schema, 'minItems: 2').length, 1));
  }
});

suite('what only tests a value needs no bounds', () => {
  for (const schema of [
    '{ not: { type: string } }',
    '{ type: boolean, if: { type: integer }, then: true }',
    '{ type: array, maxItems: 9, items: { type: boolean }, contains: { type: string } }',
  ]) {
    test(schema, () => {
      for (const rule of [boundedStrings, boundedIntegers, boundedArrays])
        assert.deepEqual(found(rule, schema, 'title: Said'), []);
    });
  }
});

/** An alternative that requires `kind` and fixes it. */
const ALTERNATIVE: readonly string[] = [
  '{ required: [kind], properties: { kind: { const: A } } }',
  '{ required: [kind], properties: { kind: { enum: [A] } } }',
  "{ required: [kind], properties: { kind: { $ref: '#/components/schemas/Kind', const: A } } }",
  "{ required: [kind], properties: { kind: { allOf: [{ $ref: '#/components/schemas/Kind' }, { const: A }] } } }",
  "{ required: [kind], properties: { kind: { $ref: '#/components/schemas/OnlyA' } } }",
  '{ allOf: [{ required: [kind], properties: { kind: { const: A } } }, { properties: { b: { type: boolean } } }] }',
  '{ required: [kind], allOf: [{ properties: { kind: { const: A } } }] }',
  '{ properties: { kind: { const: A } }, allOf: [{ allOf: [{ required: [kind] }] }] }',
  "{ allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { kind: { const: A } } }] }",
  "{ $ref: '#/components/schemas/Base', properties: { kind: { const: A } } }",
];

/** What is found where a schema with a discriminator has this alternative. */
function around(alternative: string): readonly string[] {
  return findings(
    discriminatorValues,
    `components:
  schemas:
    Whole: { oneOf: [{ $ref: '#/components/schemas/A' }], discriminator: { propertyName: kind } }
    A: ${alternative}
    Kind: { type: string, enum: [A, B] }
    OnlyA: { type: string, const: A }
    Base: { type: object, required: [kind], properties: { kind: { $ref: '#/components/schemas/Kind' } } }
`,
  );
}

suite('a discriminator is fixed', () => {
  for (const alternative of ALTERNATIVE) {
    test(alternative, () => assert.deepEqual(around(alternative), []));
  }
  for (const alternative of [
    '{ properties: { kind: { const: A } } }',
    '{ required: [kind] }',
    "{ $ref: '#/components/schemas/Base' }",
    '{ required: [kind], allOf: [{ properties: { kind: { const: B } } }] }',
  ]) {
    test(`not: ${alternative}`, () => assert.equal(around(alternative).length, 1));
  }
});
