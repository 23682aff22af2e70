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
  for (const template of TEMPLATES) {
    test(`${template} arrives as its values were given, or is not sent`, async () => {
      const module = await compileModule(documentOf([template]));
      let received = 0;
      for (const [a, b] of fc.sample(fc.tuple(value, value), 300)) {
        const params = template.includes('{b}') ? { a, b } : { a };
        const outcome = sendInMemory(module, 'op0', params);
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

  /** Templates, one of which is called with values; by the values, whether they are sent. */
  const BESIDE: readonly (readonly [
    called: string,
    others: readonly string[],
    unsent: readonly (readonly string[])[],
    sent: readonly (readonly string[])[],
  ])[] = [
    ['/x/{a}', ['/x/search', '/y/{a}'], [['search']], [['Search'], ['searches'], ['sea/rch'], ['y']]],
    ['/x/{a}', ['/x/search', '/x/a.b', '/x/ä c'], [['search'], ['a.b'], ['ä c']], [['axb'], ['a,b'], ['ä']]],
    ['/x/{a}', ['/x/{a}/search', '/search'], [], [['search']]],
    ['/x/{a}', ['/x/{a}.json', '/x/v{a}'], [['a.json'], ['v1']], [['.json'], ['v'], ['json']]],
    ['/x/{a}.json', ['/x/index.json', '/x/{a}'], [['index']], [['a'], ['index.json']]],
    [
      '/x/{a}/{b}',
      ['/x/me/{b}'],
      [
        ['me', 'a'],
        ['me', 'me'],
      ],
      [['a', 'me']],
    ],
    [
      '/x/{a}/{b}',
      ['/x/{a}/me'],
      [
        ['me', 'me'],
        ['a', 'me'],
      ],
      [['me', 'a']],
    ],
    ['/x/{a}/c', ['/x/me/{b}', '/x/c'], [['me']], [['c'], ['a']]],
    ['/x/me/{a}', ['/x/{a}/me', '/x/{a}/{b}'], [], [['me'], ['a']]],
    ['/{a}/x', ['/y/{a}'], [['y']], [['x'], ['a']]],
    ['/{a}/x', ['/{a}/{b}'], [], [['x'], ['a']]],
  ];

  for (const [called, others, unsent, sent] of BESIDE) {
    test(`${called} beside ${others.join(' and ')} never reaches one of them`, async () => {
      const module = await compileModule(documentOf([called, ...others]));
      const names = [...called.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const send = (values: readonly string[]): unknown =>
        sendInMemory(module, 'op0', Object.fromEntries(names.map((name, index) => [name, values[index]])));
      for (const values of unsent) {
        const told = JSON.stringify(send(values));
        assert.match(told, /"unsent".*"[ab] \(style simple\) cannot carry .* another path of the contract/);
      }
      for (const values of sent) assert.match(JSON.stringify(send(values)), /"received"/, values.join());
    });
  }

  test('without such siblings has no encoder of its own', async () => {
    const { descriptors } = await compileModule(documentOf(['/x/{a}', '/y/search']));
    assert.equal(descriptors.get('op0')?.pathStyles, undefined);
  });
});
