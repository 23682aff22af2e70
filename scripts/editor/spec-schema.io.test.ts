import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parse } from 'yaml';
import { emitSpecSchema } from '../generator/emit/emit-spec-schema.ts';
import { EXTENSIONS } from '../generator/load/extensions.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const text = emitSpecSchema();
const isSpec = new Ajv({ allErrors: true, strictTypes: false, formats: { date: fullFormats.date } }).compile(
  JSON.parse(text),
);

/** Cases about extensions that the compiler hands on without knowing them. */
const OWN_EXTENSIONS = /accepted\/(?:operation-extensions|hostile-text)\//;

/** What the schema says against a document: `pointer keyword detail`. */
function complaints(value: unknown): readonly string[] {
  isSpec(value);
  return (isSpec.errors ?? []).map(({ instancePath, keyword, params }) =>
    [instancePath, keyword, ...Object.values(params).map(String)].join(' '),
  );
}

function operation(members: string): unknown {
  return parse(`
openapi: 3.1.0
info: { title: Jars, version: 1.0.0 }
paths:
  /jars:
    parameters: [{ $ref: '#/components/parameters/Limit' }]
    get:
      operationId: listJars
      responses: { '200': { description: Jars. } }
      ${members}
`);
}

suite('the schema of the specs', () => {
  test('is as the compiler prints it', async () => {
    const file = await readFile(resolve(ROOT, 'specs/.schema/openapi.json'), 'utf8');
    assert.ok(file === text, 'specs/.schema/openapi.json is stale; run npm run editor:schema');
  });

  for (const pattern of [
    'specs/**/*.yaml',
    'tests/contracts/**/*.yaml',
    'scripts/generator/testdata/accepted/*/specs/**/*.yaml',
  ]) {
    test(`accepts what the compiler accepts: ${pattern}`, async () => {
      const files = globSync(pattern, { cwd: ROOT }).filter((file) => !OWN_EXTENSIONS.test(file));
      assert.ok(files.length > 0);
      const wrong: string[] = [];
      for (const file of files) {
        const found = complaints(parse(await readFile(resolve(ROOT, file), 'utf8')));
        wrong.push(...found.map((complaint) => `${file} ${complaint}`));
      }
      assert.deepEqual(wrong, []);
    });
  }

  for (const [what, members, expected] of [
    [
      'a misspelt extension',
      'x-rate-limt: { requests: 1, windowSeconds: 1 }',
      '/paths/~1jars/get additionalProperties x-rate-limt',
    ],
    ['a misspelt member', 'sumary: Jars', '/paths/~1jars/get additionalProperties sumary'],
    [
      'a misspelt keyword',
      'parameters: [{ name: q, in: query, schema: { type: string, maxLenght: 9 } }]',
      '/paths/~1jars/get/parameters/0/schema additionalProperties maxLenght',
    ],
    [
      'an extension of another object',
      'x-enum-varnames: [A]',
      '/paths/~1jars/get additionalProperties x-enum-varnames',
    ],
    [
      'a value that the runtime refuses',
      'x-rate-limit: { requests: 0, windowSeconds: 1 }',
      '/paths/~1jars/get/x-rate-limit/requests minimum >= 1',
    ],
    [
      'a window longer than a day',
      'x-rate-limit: { requests: 1, windowSeconds: 86401 }',
      '/paths/~1jars/get/x-rate-limit/windowSeconds maximum <= 86400',
    ],
    [
      'a waiver without its reason',
      "x-lint-waivers: { bounded-strings: '' }",
      '/paths/~1jars/get/x-lint-waivers/bounded-strings minLength 1',
    ],
    [
      'a place that OpenAPI does not have',
      'parameters: [{ name: q, in: body }]',
      '/paths/~1jars/get/parameters/0/in enum query,header,path,cookie',
    ],
    [
      'a keyword of OpenAPI 3.0',
      'parameters: [{ name: q, in: query, schema: { nullable: true } }]',
      '/paths/~1jars/get/parameters/0/schema additionalProperties nullable',
    ],
  ] as const) {
    test(`refuses ${what}`, () => {
      assert.deepEqual(complaints(operation('')), []);
      assert.ok(complaints(operation(members)).includes(expected), complaints(operation(members)).join('\n'));
    });
  }
});

suite('the extensions', () => {
  /** `x-` texts in the same sources that are no members of a spec: headers, and what goes into printed documents. */
  const OTHERS = new Set(['x-request-id', 'x-generated', 'x-tagGroups', 'x-displayName']);

  test('are those that compiler and runtime read', async () => {
    const sources = ['scripts/generator/**/*.ts', 'src/kernel/contract/**/*.ts']
      .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
      .filter((file) => !/\.(test|types)\.ts$|testdata|\/extensions\.ts$/.test(file));
    const read = new Set<string>();
    for (const file of sources) {
      const found = (await readFile(resolve(ROOT, file), 'utf8')).matchAll(
        /(?<quote>['"`])(?<name>x-[A-Za-z-]+)\k<quote>/g,
      );
      for (const { groups } of found) read.add(groups?.['name'] ?? '');
    }
    assert.deepEqual(
      [...read].filter((name) => !OTHERS.has(name)).toSorted(),
      Object.keys(EXTENSIONS).toSorted(),
    );
  });

  test('are all described', async () => {
    const page = await readFile(resolve(ROOT, 'docs/contract-extensions.md'), 'utf8');
    assert.deepEqual(
      Object.keys(EXTENSIONS).filter((name) => !page.includes(`\`${name}: `)),
      [],
    );
  });
});
