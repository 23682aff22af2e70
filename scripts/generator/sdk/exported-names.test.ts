import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileTest } from '../testing/compile-test.ts';
import { checkSdkNames } from './check-sdk-names.ts';
import { emitSdk } from './emit-sdk.ts';
import { declaredTwice, exportsOf } from './exported-names.ts';

suite('exportsOf', () => {
  const modules = new Map([
    [
      'sdk/src/index.ts',
      "/** export const no = 1 */\nexport * from './a/b.ts';\nexport type * from './c.ts';\n",
    ],
    [
      'sdk/src/a/b.ts',
      "export {\n  one,\n  two as three,\n  type Four,\n} from './d.ts';\nexport const five = 1;\n",
    ],
    [
      'sdk/src/c.ts',
      "export interface Six {}\nexport abstract class Seven {}\nexport async function eight() {}\nexport * from './index.ts';\n",
    ],
  ]);

  test('finds declarations, lists and stars, each once, with where they stand', () => {
    assert.deepEqual(
      exportsOf(modules, 'sdk/src/index.ts').map(({ name, from }) => `${name} ${from}`),
      [
        'five sdk/src/a/b.ts',
        'one sdk/src/a/d.ts',
        'three sdk/src/a/d.ts',
        'Four sdk/src/a/d.ts',
        'Six sdk/src/c.ts',
        'Seven sdk/src/c.ts',
        'eight sdk/src/c.ts',
      ],
    );
  });

  test('a type and a value of one name are two things, two values are not', () => {
    assert.deepEqual(declaredTwice('export type A = 1;\nexport const A = 1;\n'), []);
    assert.deepEqual(declaredTwice('export const A = 1;\nexport const A = 2;\n'), ['A']);
  });
});

const JSON_OF = (name: string): string =>
  `{ '200': { description: Yes., content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } } } }`;
const PAGE = `Page: { type: object, properties: { items: { type: array, items: { type: string } }, nextCursor: { type: string } } }`;
const CURSOR = 'parameters: [{ name: cursor, in: query, schema: { type: string } }]';

/** What each clash is called: the paths and components of a contract, by what they are. */
const CLASHES: readonly (readonly [what: string, body: string, found: readonly string[]])[] = [
  [
    'an operation called like a function of the runtime',
    `paths:\n  /a:\n    post: { operationId: createClient, responses: { '204': { description: Done. } } }\n`,
    ['5 the SDK has a createClient of its own (sdk/src); pin another name with x-name'],
  ],
  [
    'an operation called like a component that lists its values',
    `paths:\n  /a:\n    get: { operationId: Kind, responses: ${JSON_OF('Kind')} }\ncomponents: { schemas: { Kind: { type: string, enum: [a] } } }\n`,
    ['5 two things of this contract would be named Kind in sdk/src; pin another name with x-name'],
  ],
  [
    'a list that grows by pages, and the query of an operation of that name',
    `paths:\n  /a:\n    get: { operationId: list, ${CURSOR}, responses: ${JSON_OF('Page')} }\n  /b:\n    get: { operationId: listInfinite, responses: { '204': { description: Done. } } }\ncomponents: { schemas: { ${PAGE} } }\n`,
    [
      '7 two things of this contract would be named listInfiniteQuery in sdk/src/generated/kitchen/react.ts; pin another name with x-name',
    ],
  ],
  [
    'a component whose schema for forms is called like that of another',
    `paths:\n  /a:\n    post:\n      operationId: send\n      requestBody: { content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Jar' }, { $ref: '#/components/schemas/Other' }] } } } }\n      responses: { '204': { description: Done. } }\ncomponents: { schemas: { Jar: { type: object, properties: { a: { type: string } } }, Other: { type: object, x-name: jar, properties: { b: { type: string } } } } }\n`,
    [
      '9 two things of this contract would be named jarSchema in sdk/src/generated/zod.ts; pin another name with x-name',
    ],
  ],
  [
    'names that differ',
    `paths:\n  /a:\n    post: { operationId: createClients, responses: { '204': { description: Done. } } }\n`,
    [],
  ],
];

suite('names of the SDK that would stand for two things are found where they come from', () => {
  const sources = new Map([
    ['sdk/src/index.ts', "export * from './generated/index.ts';\nexport * from './runtime/index.ts';\n"],
    ['sdk/src/runtime/index.ts', "export { createClient } from './client.ts';\n"],
    ['sdk/src/react/index.ts', "export * from '../generated/react.ts';\n"],
  ]);
  for (const [what, body, expected] of CLASHES) {
    test(what, async () => {
      const { contract, refused } = await compileTest(body);
      assert.ok(contract, refused.join());
      const joined = contract.modules[0]?.document ?? {};
      const found = checkSdkNames(contract, emitSdk(contract, joined), sources, 'specs/openapi.yaml');
      assert.deepEqual(
        found.map(({ at, message }) => `${String(at.line)} ${message}`),
        expected,
      );
    });
  }
});

test('a component gives way to every name that the SDK has', async () => {
  const claimed = ['Client', 'Page', 'Result'];
  const schemas = claimed.map((name) => `${name}: { type: object }`).join(', ');
  const { contract } = await compileTest(
    `components: { schemas: { ${schemas} } }\n`,
    '3.1.1',
    new Set(claimed),
  );
  assert.deepEqual(
    contract?.modules[0]?.schemas.map(({ responseName }) => responseName),
    ['ClientSchema', 'PageSchema', 'ResultSchema'],
  );
});
