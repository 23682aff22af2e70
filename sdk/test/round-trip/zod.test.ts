/** The Zod schemas are held to the API's checks: what one accepts the other accepts, over a table and what is made of its rows. */
import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { suite, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import * as z from 'zod';

import { compileWhenAsked } from '../../../src/kernel/contract/validation/compile-checks.ts';
import { findFailures } from '../../../src/kernel/contract/validation/shape-checks.ts';
import type { JsonValue } from '../../../scripts/generator/contract/contract.ts';
import { type Code, partsOf, textCode } from '../../../scripts/generator/print/code.ts';
import { readOnlyNames, zodText } from '../../../scripts/generator/sdk/zod-text.ts';
import { isSaidByZod } from '../../../scripts/generator/sdk/zod-words.ts';
import * as text from '../../src/zod/text.ts';
import { compileModule } from './compiled-module.ts';
import { ALIKE, ANYTHING, LOOSER, STRICTER, type Row } from './zod-rows.ts';

/** Whether each side takes a value. */
interface Verdict {
  readonly zod: boolean;
  readonly api: boolean;
  /** What Zod makes of a value that it takes, and what it makes of it with `.loose()`. */
  readonly data: unknown;
  readonly loose: unknown;
  readonly told: string;
}

function noComponents(): Code {
  return textCode('z.unknown()');
}

/** What a schema says of members. */
interface Members {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly required?: readonly string[];
}

/** The schemas as bodies of one contract, and what either side says of a value of the schema at an index. */
async function judge(schemas: readonly object[]): Promise<(index: number, value: unknown) => Verdict> {
  const paths = schemas.map((schema, index): [string, object] => [
    `/x${String(index)}`,
    {
      post: {
        operationId: `op${String(index)}`,
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { 204: { description: 'Done.' } },
      },
    },
  ]);
  const { binding } = await compileModule(`paths: ${JSON.stringify(Object.fromEntries(paths))}\n`);
  const { operations, checks } = compileWhenAsked(binding);
  const printed = schemas.map((schema) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a schema is JSON
    const json = schema as JsonValue;
    const code = zodText(json, { refer: noComponents, schemas: {}, readOnly: readOnlyNames(json, {}) });
    const source = partsOf(code).map((part) => (part.kind === 'text' ? part.text : ''));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of generated code
    const make = runInThisContext(`(z, $text) => ${source.join('')}`) as (...names: unknown[]) => z.ZodType;
    return make(z, text);
  });
  return (index, value) => {
    const shape = operations.get(`op${String(index)}`)?.requests[0]?.index;
    const schema = printed[index];
    assert.ok(shape !== undefined && schema !== undefined);
    const request = { path: {}, query: {}, headers: {}, cookies: {}, body: structuredClone(value) };
    const { success, data } = schema.safeParse(value);
    return {
      zod: success,
      data,
      loose: schema instanceof z.ZodObject ? schema.loose().safeParse(value).data : data,
      api: findFailures(checks(shape, 'first'), request).length === 0,
      told: `${JSON.stringify(value)} for ${JSON.stringify(schemas[index])}`,
    };
  };
}

interface Shape {
  readonly schema: object;
  readonly values: fc.Arbitrary<unknown>;
}

/** Schemas made of those of a table, and values made of theirs. */
function madeOf(
  rows: Readonly<Record<string, Row>>,
  canBeOneOf: (schema: object) => boolean,
): fc.Arbitrary<Shape> {
  const leaf = fc
    .constantFrom(...Object.values(rows))
    .map(({ schema, values }): Shape => ({ schema, values: fc.constantFrom(...values, ...ANYTHING) }));
  return fc.letrec<{ shape: Shape }>((tie) => {
    const shape = tie('shape');
    return {
      shape: fc.oneof(
        { maxDepth: 3 },
        leaf,
        shape.map(({ schema, values }) => ({
          schema: { type: 'array', items: schema, maxItems: 2 },
          values: fc.array(values, { maxLength: 3 }),
        })),
        fc.tuple(shape, shape, fc.boolean()).map(([one, other, isOneOf]) => ({
          schema: {
            [isOneOf && canBeOneOf(one.schema) && canBeOneOf(other.schema) ? 'oneOf' : 'anyOf']: [
              one.schema,
              other.schema,
            ],
          },
          values: fc.oneof(one.values, other.values),
        })),
        shape.map(({ schema, values }) => ({
          schema: { anyOf: [schema, { type: 'null' }] },
          values: fc.option(values),
        })),
        fc
          .tuple(shape, shape, fc.boolean(), fc.subarray(['a', 'b']))
          .map(([one, other, additionalProperties, required]) => ({
            schema: {
              type: 'object',
              properties: { a: one.schema, b: other.schema },
              additionalProperties,
              required,
            },
            values: fc.record(
              { a: one.values, b: other.values, c: fc.constant(1) },
              { requiredKeys: [], noNullPrototype: true },
            ),
          })),
      ),
    };
  }).shape;
}

/** Tries values against schemas that are made of a table; tells how many the API took. */
async function tryMade(shapes: fc.Arbitrary<Shape>, check: (verdict: Verdict) => void): Promise<void> {
  const made = fc.sample(shapes, 80);
  const verdict = await judge(made.map(({ schema }) => schema));
  const counts = { taken: 0, refused: 0 };
  for (const [index, { values }] of made.entries()) {
    fc.assert(
      fc.property(values, (value) => {
        const found = verdict(index, value);
        check(found);
        counts[found.api ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 30 },
    );
  }
  assert.ok(counts.taken > 200 && counts.refused > 200, JSON.stringify(counts));
}

suite('Zod schemas', () => {
  test('judge as the API does, keyword by keyword', async () => {
    const rows = Object.entries(ALIKE);
    const verdict = await judge(rows.map(([, { schema }]) => schema));
    const differ = rows.flatMap(([name, { values }], index) =>
      [...ANYTHING, ...values]
        .map((value) => verdict(index, value))
        .filter(({ zod, api }) => zod !== api)
        .map(({ zod, told }) => `${name}: only ${zod ? 'Zod' : 'the API'} takes ${told}`),
    );
    assert.deepEqual(differ, []);
  });

  test('give the value that they take, but for members without a property and defaults of required ones', async () => {
    const rows = Object.entries(ALIKE);
    const verdict = await judge(rows.map(([, { schema }]) => schema));
    const differ = new Set<string>();
    for (const [index, [name, { schema, values }]] of rows.entries()) {
      for (const value of [...ANYTHING, ...values]) {
        const { zod, data, loose } = verdict(index, value);
        if (!zod || isDeepStrictEqual(data, value)) continue;
        differ.add(name);
        const { properties = {}, required = [] }: Members = schema;
        const members: readonly [string, unknown][] = Object.entries(Object(value));
        const defaults = Object.entries(properties)
          .filter(([member, { default: given }]) => required.includes(member) && given !== undefined)
          .map(([member, { default: given }]): [string, unknown] => [member, given]);
        const known = members.filter(([member]) => Object.hasOwn(properties, member));
        assert.deepEqual(data, Object.fromEntries([...defaults, ...known]), name);
        assert.deepEqual(loose, Object.fromEntries([...defaults, ...members]), name);
      }
    }
    assert.deepEqual([...differ], ['object', 'members, open', 'required, a default', 'a default']);
  });

  test('judge as the API does what is made of these', async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a schema is JSON
    const shapes = madeOf(ALIKE, (schema) => isSaidByZod(schema as JsonValue, {}));
    await tryMade(shapes, ({ zod, api, told }) => assert.equal(zod, api, told));
  });

  test('never refuse what the API takes, of whatever a schema is made', async () => {
    const shapes = madeOf({ ...ALIKE, ...LOOSER }, () => true);
    await tryMade(shapes, ({ zod, api, told }) => assert.ok(zod || !api, told));
  });

  test('let pass, of what they cannot say, what the API refuses, and never refuse what it takes', async () => {
    const rows = Object.entries(LOOSER);
    const verdict = await judge(rows.map(([, { schema }]) => schema));
    for (const [index, [name, { values }]] of rows.entries()) {
      const verdicts = [...ANYTHING, ...values].map((value) => verdict(index, value));
      for (const { zod, api, told } of verdicts)
        assert.ok(zod || !api, `${name}: only the API takes ${told}`);
      // One that no longer differs belongs among those that are alike.
      assert.ok(
        verdicts.some(({ zod, api }) => zod && !api),
        name,
      );
      assert.ok(
        verdicts.some(({ api }) => api),
        name,
      );
    }
  });

  test('take a schema without a type for one of the type that its keywords speak of, as the types do', async () => {
    const rows = Object.entries(STRICTER);
    const verdict = await judge(rows.map(([, { schema }]) => schema));
    for (const [index, [name, { values }]] of rows.entries()) {
      const verdicts = [...ANYTHING, ...values].map((value) => verdict(index, value));
      for (const { zod, api, told } of verdicts) assert.ok(api || !zod, `${name}: only Zod takes ${told}`);
      assert.ok(
        verdicts.some(({ zod, api }) => api && !zod),
        name,
      );
    }
  });
});
