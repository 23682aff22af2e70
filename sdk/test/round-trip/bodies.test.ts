/**
 * What the SDK writes as a body is what the server reads, for each media type and shape; or the SDK refuses the value before
 * anything is sent.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

import { compileModule, type CompiledModule } from './compiled-module.ts';
import { sendBody } from './send-body.ts';
import { listOf, NAMES, scalar, text, type Shape } from './shapes.ts';

const ANY: Shape = {
  schema: {},
  values: fc.oneof(text, fc.integer(), fc.constant(null), fc.constant([]), fc.constant({ a: [1] })),
};

const objectShape: Arbitrary<Shape> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), scalar, { maxKeys: 3, noNullPrototype: true })
  .map((members) => ({
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
    },
    values: fc.record(
      Object.fromEntries(Object.entries(members).map(([name, { values }]) => [name, values])),
      { requiredKeys: [], noNullPrototype: true },
    ),
  }));

function orNull({ schema, values }: Shape): Shape {
  return { schema: { anyOf: [schema, { type: 'null' }] }, values: fc.option(values) };
}

function either(one: Shape, other: Shape): Shape {
  return { schema: { anyOf: [one.schema, other.schema] }, values: fc.oneof(one.values, other.values) };
}

/** Fields of every kind that a form knows. */
const field: Arbitrary<Shape> = fc.oneof(
  scalar,
  scalar.map(listOf),
  scalar.map((item) => listOf(listOf(item))),
  scalar.map((item) => either(item, listOf(item))),
  objectShape,
  objectShape.map(orNull),
  objectShape.map(listOf),
  fc.tuple(objectShape, scalar).map(([one, other]) => either(one, other)),
  fc.tuple(objectShape, scalar).map(([one, other]) => listOf(either(one, other))),
  fc.constant(ANY),
);

const bytes = fc.uint8Array({ maxLength: 6 });
const files: readonly Shape[] = [
  {
    schema: { type: 'string', format: 'binary' },
    values: fc.oneof(
      bytes,
      bytes.map((data) => new Blob([data], { type: 'image/png' })),
    ),
  },
  {
    schema: { type: 'string', contentMediaType: 'image/*' },
    values: bytes.map((data) => new File([data], 'a b"é.png', { type: 'image/png' })),
  },
];
const part: Arbitrary<Shape> = fc.oneof(
  { weight: 4, arbitrary: field },
  { weight: 1, arbitrary: fc.constantFrom(...files) },
  { weight: 1, arbitrary: fc.constantFrom(...files).map(listOf) },
);

/** An object of fields, with or without others. */
function formOf(member: Arbitrary<Shape>): Arbitrary<Shape> {
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), member, { maxKeys: 4, noNullPrototype: true }),
      fc.option(field),
    )
    .map(([members, additional]) => {
      const own = fc.record(
        Object.fromEntries(Object.entries(members).map(([name, { values }]) => [name, values])),
        { requiredKeys: [], noNullPrototype: true },
      );
      const names = fc.oneof(fc.constantFrom(...NAMES), text).filter((name) => !Object.hasOwn(members, name));
      const others =
        additional === null
          ? fc.constant({})
          : fc.dictionary(names, additional.values, { maxKeys: 2, noNullPrototype: true });
      return {
        schema: {
          type: 'object',
          additionalProperties: additional?.schema ?? false,
          properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
        },
        values: fc.tuple(own, others).map(([listed, rest]): object => Object.assign(rest, listed)),
      };
    });
}

const BODIES: Readonly<Record<string, Arbitrary<Shape>>> = {
  'application/json': fc.oneof(field, formOf(field)),
  'application/merge-patch+json': formOf(field),
  'application/x-www-form-urlencoded': formOf(field),
  'multipart/form-data': formOf(part),
  'text/plain': fc.constant({ schema: { type: 'string' }, values: text }),
  'application/octet-stream': fc.constant({ schema: {}, values: bytes }),
};

/** A contract with an operation for each media type. */
function documentOf(schemas: Readonly<Record<string, object>>): string {
  const paths = Object.entries(schemas).map(([mediaType, schema], index): [string, object] => {
    const content = { [mediaType]: mediaType === 'application/octet-stream' ? {} : { schema } };
    const operation = {
      operationId: `op${String(index)}`,
      requestBody: { required: true, content },
      responses: { 204: { description: 'Done.' } },
    };
    return [`/x${String(index)}`, { post: operation }];
  });
  return `paths: ${JSON.stringify(Object.fromEntries(paths))}\n`;
}

/** Files by their bytes, on either side. */
async function comparable(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return [...new Uint8Array(await value.arrayBuffer())];
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return Promise.all(value.map(comparable));
  if (typeof value !== 'object' || value === null) return value;
  if ('content' in value && value.content instanceof Uint8Array) return [...value.content];
  const members = Object.entries(value).map(
    async ([name, member]) => [name, await comparable(member)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

async function assertLaw(
  module: CompiledModule,
  id: string,
  value: unknown,
  from: string,
): Promise<'received' | 'unsent'> {
  const outcome = await sendBody(module, id, value);
  const told = `${JSON.stringify(value)} gave ${JSON.stringify(outcome)} (${from})`;
  if (outcome.kind === 'unsent') {
    assert.match(outcome.message, /\(style (?:form|multipart|text)\) cannot carry|JSON cannot carry/, told);
    return 'unsent';
  }
  assert.equal(outcome.kind, 'received', told);
  if (outcome.kind === 'received')
    assert.deepEqual(await comparable(outcome.body), await comparable(value), told);
  return 'received';
}

suite('a body', () => {
  test('arrives as it was given, or is not sent: every media type, over generated schemas', async () => {
    const received = new Map(Object.keys(BODIES).map((mediaType) => [mediaType, 0]));
    for (const seed of fc.sample(fc.nat(), 25)) {
      const shapes = Object.entries(BODIES).map(([mediaType, arbitrary], index) => {
        const [shape] = fc.sample(arbitrary, { seed: seed + index, numRuns: 1 });
        assert.ok(shape);
        return { mediaType, shape, id: `op${String(index)}` };
      });
      const schemas = shapes.map(({ mediaType, shape: { schema } }) => [mediaType, schema] as const);
      const module = await compileModule(documentOf(Object.fromEntries(schemas)));
      for (const { mediaType, shape, id } of shapes) {
        for (const value of fc.sample(shape.values, { seed, numRuns: 12 })) {
          const from = `${mediaType}, seed ${String(seed)}, ${JSON.stringify(shape.schema)}`;
          const outcome = await assertLaw(module, id, value, from);
          if (outcome === 'received') received.set(mediaType, (received.get(mediaType) ?? 0) + 1);
        }
      }
    }
    // Encoders that refused every value would pass what is above.
    for (const [mediaType, count] of received)
      assert.ok(count > 60, `${mediaType}: ${String(count)} arrived`);
  });
});
