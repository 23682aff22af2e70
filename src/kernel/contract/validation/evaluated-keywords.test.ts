import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAjv } from './compile-checks.ts';
import { JsonDocument } from './json-document.ts';
import { SchemaViews } from './schema-views.ts';

const A = { properties: { a: true } };
const REFERENCE = { $ref: '#/components/schemas/A' };
const B_OR_C = [
  { required: ['b'], properties: { b: true } },
  { required: ['c'], properties: { c: true } },
];
const DEPENDENT = { b: { properties: { b: true } }, c: { properties: { c: true } } };
const CONDITION = { required: ['b'], properties: { b: true } };

/** Schemas with branches, and with what of an object is evaluated: all members of the first, one too many in the second. */
const SCHEMAS: readonly (readonly [schema: object, taken: readonly string[], refused: readonly string[]])[] =
  [REFERENCE, { allOf: [A] }, A].flatMap((base) => [
    [{ ...base, anyOf: B_OR_C }, ['ab', 'ac', 'abc', 'c'], ['a', 'abd', 'acd']] as const,
    [{ ...base, oneOf: B_OR_C }, ['ab', 'ac', 'b'], ['a', 'abc', 'acd']] as const,
    [{ ...base, dependentSchemas: DEPENDENT }, ['', 'a', 'ab', 'ac', 'abc'], ['d', 'abd']] as const,
    [{ ...base, if: CONDITION }, ['', 'a', 'ab'], ['ac', 'abc']] as const,
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
    [{ ...base, if: CONDITION, then: { properties: { c: true } } }, ['', 'a', 'abc'], ['ac', 'abd']] as const,
    [{ ...base, if: CONDITION, else: { properties: { c: true } } }, ['ab', 'ac'], ['abc', 'acd']] as const,
    // A condition that does not hold has evaluated nothing.
    [
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
      { ...base, if: { properties: { b: { const: 0 } } }, then: true, else: true },
      ['', 'a'],
      ['b', 'ab'],
    ] as const,
  ]);

/** An object with a member for each letter. */
function objectOf(names: string): object {
  return Object.fromEntries(names.split('').map((name) => [name, 1]));
}

suite('what branches evaluate', () => {
  for (const extent of ['all', 'first'] as const) {
    for (const [schema, taken, refused] of SCHEMAS) {
      test(`${extent}: ${JSON.stringify(schema)}`, () => {
        const views = new SchemaViews(new JsonDocument({ components: { schemas: { A } } }));
        const shape = views.copy({ ...schema, unevaluatedProperties: false }, 'request');
        assert.ok(typeof shape === 'object' && shape !== null);
        const { schemas, tracksEvaluated } = views;
        const document = { shapes: [{ ...shape }], components: { schemas } };
        const check = createAjv({ document, operations: new Map(), tracksEvaluated }, extent).compile({
          $ref: 'shapes#/shapes/0',
        });
        for (const names of taken) assert.equal(check(objectOf(names)), true, `refuses ${names}`);
        for (const names of refused) assert.equal(check(objectOf(names)), false, `takes ${names}`);
      });
    }
  }
});
