/**
 * What the SDK writes for a parameter is what the server reads, in each cell of location, style, explode and shape; or the SDK
 * refuses the value before anything is sent.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

import { compileModule, type CompiledModule } from './compiled-module.ts';
import { sendInMemory } from './send-in-memory.ts';
import { listOf, NAMES, scalar, text, type Shape } from './shapes.ts';

interface Cell {
  readonly location: 'path' | 'query' | 'header' | 'cookie';
  /** `json` is a parameter with content. */
  readonly style: string;
  readonly explode: boolean;
  readonly shape: 'scalar' | 'array' | 'object';
}

const STYLES = {
  path: ['simple', 'label', 'matrix', 'json'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'json'],
  header: ['simple', 'json'],
  cookie: ['form', 'json'],
} as const;

const CELLS: readonly Cell[] = (['path', 'query', 'header', 'cookie'] as const).flatMap((location) =>
  STYLES[location].flatMap((style) =>
    [false, true].flatMap((explode) =>
      (['scalar', 'array', 'object'] as const)
        .filter((shape) => style !== 'deepObject' || shape === 'object')
        .map((shape): Cell => ({ location, style, explode, shape })),
    ),
  ),
);

const array: Arbitrary<Shape> = fc.tuple(scalar, fc.boolean()).map(([item, orOne]) => {
  const list = listOf(item);
  if (!orOne) return list;
  return { schema: { anyOf: [item.schema, list.schema] }, values: fc.oneof(item.values, list.values) };
});

const object: Arbitrary<Shape> = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom(...NAMES.filter((name) => name !== 'own')),
      fc.oneof(scalar, scalar.map(listOf)),
      { maxKeys: 3, noNullPrototype: true },
    ),
    fc.option(scalar),
  )
  .map(([members, additional]) => {
    const listed = fc.record(
      Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.values])),
      { requiredKeys: [] },
    );
    const others =
      additional === null
        ? fc.constant({})
        : fc.dictionary(
            // What is listed has the type of its property.
            fc.oneof(fc.constantFrom(...NAMES), text).filter((name) => !Object.hasOwn(members, name)),
            additional.values,
            { maxKeys: 3, noNullPrototype: true },
          );
    return {
      schema: {
        type: 'object',
        properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
        additionalProperties: additional?.schema ?? false,
      },
      values: fc.tuple(listed, others).map(([own, rest]): object => Object.assign(rest, own)),
    };
  });

const SHAPES = { scalar, array, object } as const;

function parameterOf({ location, style, explode }: Cell, schema: object): object {
  const place = { name: 'p', in: location, ...(location === 'path' ? { required: true } : {}) };
  return style === 'json'
    ? { ...place, content: { 'application/json': { schema } } }
    : { ...place, style, explode, schema };
}

/** An operation for each cell, with a parameter beside the one that is tried. */
function documentOf(schemas: readonly object[]): string {
  const paths = CELLS.map((cell, index): [string, object] => {
    const parameters = [
      parameterOf(cell, schemas[index] ?? {}),
      { name: 'own', in: cell.location === 'cookie' ? 'cookie' : 'query', schema: { type: 'string' } },
    ];
    const operation = {
      operationId: `op${String(index)}`,
      parameters,
      responses: { 204: { description: 'Done.' } },
    };
    return [`/x${String(index)}/${cell.location === 'path' ? '{p}' : 'y'}`, { get: operation }];
  });
  return `paths: ${JSON.stringify(Object.fromEntries(paths))}\n`;
}

function titleOf({ location, style, explode, shape }: Cell): string {
  return `${location}, ${style}${explode ? ' exploded' : ''}, ${shape}`;
}

/** The value came as it was given, or was not sent for a reason that names the parameter and, where it has one, its style. */
function assertLaw(module: CompiledModule, cell: Cell, value: unknown, from = ''): 'received' | 'unsent' {
  const outcome = sendInMemory(module, `op${String(CELLS.indexOf(cell))}`, { p: value, own: 'x' });
  const told = `${titleOf(cell)}: ${JSON.stringify(value)} gave ${JSON.stringify(outcome)} (${from})`;
  if (outcome.kind === 'unsent') {
    assert.match(
      outcome.message,
      cell.style === 'json' ? /JSON|U\+0000/ : /\bp\b.*(style \w+|is missing or empty|is \. or \.\.)/,
      told,
    );
    return 'unsent';
  }
  assert.equal(outcome.kind, 'received', told);
  assert.deepEqual(outcome.kind === 'received' && outcome.parameters, { p: value, own: 'x' }, told);
  return 'received';
}

suite('a parameter', () => {
  test('arrives as it was given, or is not sent: every cell, over generated schemas', async () => {
    const counts = new Map(CELLS.map((cell) => [cell, { received: 0, unsent: 0 }]));
    // Sampled by a seed rather than shrunk: what fails is one value of one cell, which the message tells.
    const seeds = fc.sample(fc.nat(), 12);
    for (const seed of seeds) {
      const shapes = CELLS.map((cell, index) => {
        const [shape] = fc.sample(SHAPES[cell.shape], { seed: seed + index, numRuns: 1 });
        assert.ok(shape);
        return { cell, shape };
      });
      const module = await compileModule(documentOf(shapes.map(({ shape: { schema } }) => schema)));
      for (const { cell, shape } of shapes) {
        for (const value of fc.sample(shape.values, { seed, numRuns: 12 })) {
          const count = counts.get(cell);
          const outcome = assertLaw(
            module,
            cell,
            value,
            `seed ${String(seed)}, ${JSON.stringify(shape.schema)}`,
          );
          if (count) count[outcome] += 1;
        }
      }
    }
    // Encoders that refused every value would pass what is above.
    for (const [cell, { received }] of counts)
      assert.ok(received > 3, `${titleOf(cell)}: ${String(received)} arrived`);
  });
});
