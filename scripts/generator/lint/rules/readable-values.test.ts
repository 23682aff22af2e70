import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { readableValues } from './readable-values.ts';

const found = (operation: string): readonly string[] =>
  findings(
    readableValues,
    `paths:\n  /a:\n    post:\n      ${operation}\ncomponents: { schemas: { A: { type: object } } }`,
  );

suite('what nothing reads is found', () => {
  for (const [name, operation, at] of [
    [
      'an object as XML',
      'requestBody: { content: { application/xml: { schema: { type: object } } } }',
      '4:52',
    ],
    [
      'a component as YAML',
      "requestBody: { content: { text/yaml: { schema: { $ref: '#/components/schemas/A' } } } }",
      '4:46',
    ],
    [
      'a number as text',
      "responses: { '200': { content: { text/plain: { schema: { type: integer } } } } }",
      '4:54',
    ],
    [
      'parts of another multipart type',
      'requestBody: { content: { multipart/mixed: { schema: { type: object } } } }',
      '4:52',
    ],
    ['texts as octets', "responses: { '200': { content: { '*/*': { schema: { enum: [a] } } } } }", '4:49'],
    [
      'a parameter as text',
      'parameters: [{ name: a, in: query, content: { text/plain: { schema: { type: integer } } } }]',
      '4:53',
    ],
    [
      'a parameter as JSON of no schema',
      'parameters: [{ name: a, in: query, content: { application/json: {} } }]',
      '4:53',
    ],
    [
      'a header as JSON',
      "responses: { '200': { headers: { A: { content: { application/json: { schema: { type: object } } } } } } }",
      '4:56',
    ],
    ['a header of no schema', "responses: { '200': { headers: { A: { description: a } } } }", '4:40'],
    [
      'a number by deepObject',
      'parameters: [{ name: a, in: query, style: deepObject, schema: { type: integer } }]',
      '4:49',
    ],
    [
      'a number by spaces',
      'parameters: [{ name: a, in: query, style: spaceDelimited, schema: { type: integer } }]',
      '4:49',
    ],
    [
      'the headers of a part',
      'requestBody: { content: { multipart/form-data: { schema: { properties: { a: {} } }, encoding: { a: { headers: {} } } } } }',
      '4:108',
    ],
    [
      'the encoding of no part',
      'requestBody: { content: { multipart/form-data: { schema: { properties: { a: {} } }, encoding: { b: {} } } } }',
      '4:103',
    ],
  ] as const) {
    test(name, () => assert.deepEqual(found(operation), [`readable-values at ${at}`]));
  }

  test('schema beside content', () => {
    const both =
      'parameters: [{ name: a, in: query, schema: { type: string }, content: { application/json: { schema: {} } } }]';
    assert.deepEqual(found(both), ['readable-values at 4:42']);
  });
});

suite('what is read is fine', () => {
  for (const operation of [
    'requestBody: { content: { application/json: { schema: { type: object } } } }',
    'requestBody: { content: { application/octet-stream: {}, image/png: { schema: { type: string, format: binary } } } }',
    'requestBody: { content: { application/pdf: { schema: { type: string } } } }',
    'requestBody: { content: { text/plain: { schema: { type: string } }, text/csv: { schema: { enum: [a] } } } }',
    "responses: { '200': { headers: { A: { schema: { type: string } } } } }",
    'parameters: [{ name: a, in: query, style: deepObject, schema: { type: object } }]',
    'parameters: [{ name: a, in: query, style: pipeDelimited, schema: { type: array } }]',
    'parameters: [{ name: a, in: query, content: { application/json: { schema: { type: object } } } }]',
  ]) {
    test(operation, () => assert.deepEqual(found(operation), []));
  }
});

test('what a body, a form and a parameter are may be said by any part of their schema', () => {
  const text = `paths:
  /a:
    post:
      parameters: [{ name: f, in: query, style: deepObject, schema: { allOf: [{ $ref: '#/components/schemas/Form' }, { minProperties: 1 }] } }]
      requestBody:
        content:
          text/plain: { schema: { allOf: [{ type: string }, { maxLength: 9 }] } }
          text/csv: { schema: { $ref: '#/components/schemas/Kind', title: Kind } }
`;
  const components = `components:
  schemas:
    Form: { type: object, properties: { a: { type: string } } }
    Kind: { enum: [a, b] }
`;
  assert.deepEqual(findings(readableValues, text + components), []);
});

test('a dialect of schemas that nothing reads is found', () => {
  assert.deepEqual(ofDialect('https://json-schema.org/draft/2019-09/schema'), ['readable-values at 1:1']);
  assert.deepEqual(ofDialect('https://json-schema.org/draft/2020-12/schema'), []);
});

function ofDialect(dialect: string): readonly string[] {
  return findings(readableValues, `jsonSchemaDialect: ${dialect}\n`);
}
