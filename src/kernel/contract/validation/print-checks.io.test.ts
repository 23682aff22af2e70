import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, suite, test } from 'node:test';
import * as fc from 'fast-check';
import { bindKitchenSink } from '#tests/contracts/kitchen-sink/start-kitchen-sink.ts';
import { bindCrud } from '#tests/contracts/crud/start-crud.ts';
import type { ModuleBinding } from '../module-binding.ts';
import { compileWhenAsked } from './compile-checks.ts';
import { CHECKS_FILE, compiledContract } from './compiled-contract.ts';
import { printChecks } from './print-checks.ts';
import { findFailures, type CompiledContract } from './shape-checks.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
// Below the root, whose package.json says where `#kernel` is.
await mkdir(join(ROOT, '.cache'), { recursive: true });
const folder = await mkdtemp(join(ROOT, '.cache', 'print-checks-'));
after(() => rm(folder, { recursive: true }));

const MODULES: readonly ModuleBinding[] = [bindKitchenSink(), bindCrud()];

/** Members that contracts know, so that values get past the first failure. */
const NAMES = [
  'path',
  'query',
  'headers',
  'cookies',
  'body',
  'title',
  'count',
  'limit',
  'ticketId',
  'steps',
  'tags',
  'kind',
];
const VALUES = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, '', 'a', '2024-02-30', '2024-02-29', 'x'.repeat(300), 0, 1.5, -1, 1e21),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 8 }),
  ),
})).value;

/** Shapes as text, maps as lists of their entries. */
function textOf(operations: CompiledContract['operations']): string {
  return JSON.stringify([...operations], (_key, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );
}

suite('checks that were printed', () => {
  for (const binding of MODULES) {
    test(`of ${binding.name} find what checks that are compiled when asked find`, async () => {
      await mkdir(join(folder, binding.name));
      await writeFile(join(folder, binding.name, CHECKS_FILE), printChecks(binding));
      const printed = await compiledContract(binding, pathToFileURL(`${folder}/`));
      const asked = compileWhenAsked(binding);
      assert.equal(textOf(printed.operations), textOf(asked.operations));
      for (const { requests, withoutBody, responses } of asked.operations.values()) {
        const indexes = new Set([
          ...requests.map(({ index }) => index),
          ...(withoutBody === null ? [] : [withoutBody]),
          ...responses.flatMap(({ contents }) => contents),
          ...responses.map((response) => response.withoutBody),
        ]);
        const large = new Set(requests.map(({ index }) => index));
        fc.assert(
          fc.property(VALUES, fc.constantFrom(...indexes), (value, index) => {
            for (const extent of large.has(index) ? (['all', 'first'] as const) : (['all'] as const)) {
              const [one, other] = [structuredClone(value), structuredClone(value)];
              assert.deepEqual(
                findFailures(printed.checks(index, extent), one),
                findFailures(asked.checks(index, extent), other),
              );
              assert.deepEqual(one, other);
            }
          }),
          { numRuns: 100 },
        );
      }
    });
  }

  // @requirement 74
  test('need no compiler', () => {
    assert.doesNotMatch(printChecks(bindKitchenSink()), /ajv\/dist\/(?!runtime\/)/);
  });
});
