/** Path parameters with text beside them: what the SDK writes, the server splits into the same values, or nothing is sent. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';

import { compileTest } from '../../../scripts/generator/testing/compile-test.ts';
import { compileModule } from './compiled-module.ts';
import { sendInMemory } from './send-in-memory.ts';
import { text } from './shapes.ts';

const TEMPLATES = [
  '/x/{a}.json',
  '/x/{a}.{b}',
  '/x/v{a}-{b}.zip',
  '/x/{a}--{b}',
  '/x/{a},{b}',
  '/x/{a}ä{b}',
  '/x/{a}%2C{b}',
  '/x/({a})/{b}',
  '/grüße/{a}/b c/{b}',
] as const;

function documentOf(templates: readonly string[]): string {
  const paths = templates.map((template, index): [string, object] => {
    const parameters = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const get = {
      operationId: `op${String(index)}`,
      parameters,
      responses: { 204: { description: 'Done.' } },
    };
    return [template, { get }];
  });
  return `paths: ${JSON.stringify(Object.fromEntries(paths))}\n`;
}

const pieces = fc.constantFrom('.', '-', '--', ',', 'ä', '%2C', 'v', '(', ')', 'a', 'json', 'b c', 'zip');
const value = fc.oneof(
  text,
  fc.array(pieces, { maxLength: 4 }).map((all) => all.join('')),
);

suite('a path', () => {
  for (const [index, template] of TEMPLATES.entries()) {
    test(`${template} arrives as its values were given, or is not sent`, async () => {
      const module = await compileModule(documentOf(TEMPLATES));
      let received = 0;
      for (const [a, b] of fc.sample(fc.tuple(value, value), 300)) {
        const params = template.includes('{b}') ? { a, b } : { a };
        const outcome = sendInMemory(module, `op${String(index)}`, params);
        const told = `${JSON.stringify(params)} gave ${JSON.stringify(outcome)}`;
        if (outcome.kind === 'unsent')
          assert.match(outcome.message, /\b[ab] \(style simple\)|missing or empty|\. or \.\./, told);
        else assert.deepEqual(outcome, { kind: 'received', parameters: params }, told);
        received += Number(outcome.kind === 'received');
      }
      assert.ok(received > 30, String(received));
    });
  }

  test('whose parameters stand side by side is refused at its line', async () => {
    for (const template of ['/x/{a}{b}', '/x/v{a}{b}.zip']) {
      const { refused } = await compileTest(documentOf([template]));
      assert.deepEqual(refused, ['path-parameter at 3']);
    }
  });
});
