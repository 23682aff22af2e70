import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileTest, sketch, testModule, testOperation } from '../testing/compile-test.ts';

const DONE = "responses: { '204': { description: Done. } }";

suite('parameters', () => {
  test('defaults of OpenAPI are applied by place', async () => {
    const { parameters } = await testOperation(`${DONE}
parameters:
  - { name: q, in: query, schema: { type: string } }
  - { name: If-Match, in: header, required: true, schema: { type: string } }
  - { name: theme, in: cookie, schema: { type: string } }
  - { name: tags, in: query, style: pipeDelimited, schema: { type: array, items: { type: integer } } }`);
    assert.deepEqual(
      parameters.map(({ key, in: place, style, explode, required }) => [
        key,
        place,
        style,
        explode,
        required,
      ]),
      [
        ['id', 'path', 'simple', false, true],
        ['q', 'query', 'form', true, false],
        ['if-match', 'header', 'simple', false, true],
        ['theme', 'cookie', 'form', true, false],
        ['tags', 'query', 'pipeDelimited', false, false],
      ],
    );
  });

  test('an operation replaces a parameter of its path', async () => {
    const { parameters } = await testOperation(`${DONE}
parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]`);
    assert.deepEqual(
      parameters.map(({ schema }) => sketch(schema)),
      ['integer'],
    );
  });

  test('a default makes a parameter present, also behind a reference', async () => {
    const { parameters } = await testOperation(
      `${DONE}
parameters:
  - { name: limit, in: query, schema: { type: integer, default: 20 } }
  - { name: sort, in: query, schema: { $ref: '#/components/schemas/Sort' } }
  - { name: q, in: query, schema: { type: string } }`,
      'components: { schemas: { Sort: { type: string, default: title } } }\n',
    );
    assert.deepEqual(
      parameters.map(({ present }) => present),
      [true, true, true, false],
    );
  });

  test('headers that OpenAPI ignores are ignored', async () => {
    const { parameters } = await testOperation(`${DONE}
parameters: [{ name: Accept, in: header, schema: { type: string } }]`);
    assert.equal(parameters.length, 1);
  });

  const decodings: readonly (readonly [string, string, unknown])[] = [
    ['text', '{ type: string }', { kind: 'scalar', types: ['string'] }],
    [
      'a union, stricter grammars first',
      "{ type: [string, 'null', integer] }",
      { kind: 'scalar', types: ['integer', 'null', 'string'] },
    ],
    ['literals', '{ enum: [1, a] }', { kind: 'scalar', types: ['integer', 'string'] }],
    ['an array', '{ type: array, items: { type: number } }', { kind: 'array', items: ['number'] }],
    [
      'text or an array of text',
      '{ oneOf: [{ type: string }, { type: array, items: { type: string } }] }',
      { kind: 'array', items: ['string'] },
    ],
    [
      'an object',
      '{ type: object, properties: { a: { type: integer }, b: { type: array, items: { type: string } } }, additionalProperties: { type: boolean } }',
      {
        kind: 'object',
        properties: { a: { array: false, types: ['integer'] }, b: { array: true, types: ['string'] } },
        additional: ['boolean'],
      },
    ],
  ];
  for (const [name, schema, expected] of decodings) {
    test(`decoding of ${name}`, async () => {
      const { parameters } = await testOperation(
        `${DONE}\nparameters: [{ name: p, in: query, schema: ${schema} }]`,
      );
      assert.deepEqual(parameters[1]?.decode, expected);
    });
  }

  test('a JSON parameter is decoded as JSON', async () => {
    const { parameters } = await testOperation(`${DONE}
parameters: [{ name: p, in: query, content: { application/json: { schema: { type: object, properties: { a: { type: object } } } } } }]`);
    assert.deepEqual(parameters[1]?.decode, { kind: 'json' });
    assert.equal(sketch(parameters[1]?.schema), '{a?: {...: json}}');
  });

  test('what no style can carry reaches the handler of an external document as text', async () => {
    const module = await testModule(`paths:
  /a:
    get:
      parameters: [{ name: p, in: query, schema: { type: array, items: { type: object } } }]
      ${DONE}
`);
    assert.deepEqual(module.operations[0]?.parameters[0]?.schema, { kind: 'string', format: '' });
    assert.match(JSON.stringify(module.document), /"name":"p","in":"query","schema":\{"type":"string"\}/);
  });
});

suite('bodies', () => {
  test('kinds follow from media types', async () => {
    const { body } = await testOperation(`${DONE}
requestBody:
  content:
    Application/JSON; charset=utf-8: { schema: { type: string } }
    application/merge-patch+json: {}
    text/csv: { schema: { type: object } }
    application/x-www-form-urlencoded: { schema: { type: object } }
    multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary }, files: { type: array, items: { type: string, contentMediaType: image/png } }, meta: { type: object, properties: { raw: { type: string, format: binary } } } } } }
    image/*: { schema: { type: string } }`);
    assert.deepEqual(
      body?.content.map(({ mediaType, kind, schema }) => [mediaType, kind, sketch(schema)]),
      [
        ['application/json', 'json', 'string'],
        ['application/merge-patch+json', 'json', 'json'],
        ['text/csv', 'text', 'string'],
        ['application/x-www-form-urlencoded', 'form', '{...: json}'],
        ['multipart/form-data', 'multipart', '{file?: binary, files?: [...binary], meta?: {raw?: string}}'],
        ['image/*', 'binary', 'binary'],
      ],
    );
    assert.equal(body?.required, false);
  });

  test('a component in a multipart body has octets, in JSON text, in both each its own', async () => {
    const upload = 'Upload: { type: object, properties: { file: { type: string, format: binary } } }';
    const reference = "{ schema: { $ref: '#/components/schemas/Upload' } }";
    const components = `components:\n  schemas:\n    ${upload}\n`;
    const only = await testModule(
      `paths:\n  /a:\n    post:\n      requestBody: { content: { multipart/form-data: ${reference} } }\n      ${DONE}\n${components}`,
    );
    assert.equal(sketch(only.schemas[0]?.schema), '{file?: binary}');
    assert.equal(sketch(only.operations[0]?.body?.content[0]?.schema), 'Upload');
    const both = await testModule(
      `paths:\n  /a:\n    post:\n      requestBody: { content: { multipart/form-data: ${reference}, application/json: ${reference} } }\n      ${DONE}\n${components}`,
    );
    assert.equal(sketch(both.schemas[0]?.schema), '{file?: string}');
    assert.deepEqual(
      both.operations[0]?.body?.content.map(({ schema }) => sketch(schema)),
      ['{file?: binary}', 'Upload'],
    );
  });

  test('responses come by status, ranges and default last', async () => {
    const { responses } = await testOperation(`responses:
  default: { description: Any. }
  5XX: { description: Wrong. }
  '404': { description: Not found., content: { application/problem+json: {} } }
  '200': { description: Done., headers: { ETag: { required: true, schema: { type: string } }, Content-Type: { schema: { type: string } } } }`);
    assert.deepEqual(
      responses.map(({ status, isProblem, headers }) => [
        status,
        isProblem,
        headers.map(({ name, required }) => [name, required]),
      ]),
      [
        [200, false, [['etag', true]]],
        [404, true, []],
        ['5XX', false, []],
        ['default', false, []],
      ],
    );
  });
});

suite('security', () => {
  const schemes =
    'components: { securitySchemes: { token: { type: http, scheme: bearer }, unused: { type: http, scheme: basic } } }\n';
  test("an operation's own stands for that of the document", async () => {
    const module = await testModule(`security: [{ token: [] }]
paths:
  /a:
    get: { operationId: a, ${DONE} }
    put: { operationId: b, security: [], ${DONE} }
    post: { operationId: c, security: [{}, { token: [read] }], ${DONE} }
${schemes}`);
    assert.deepEqual(
      module.operations.map(({ security }) => security),
      [[{ token: [] }], [], [{}, { token: ['read'] }]],
    );
    assert.deepEqual(Object.keys(module.securitySchemes), ['token']);
  });
});

suite('names', () => {
  test('views differ where something below is readOnly or writeOnly, through circles too', async () => {
    const module = await testModule(`components:
  schemas:
    Tree: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Leaf' } } } }
    Leaf: { type: object, properties: { id: { type: string, readOnly: true }, tree: { $ref: '#/components/schemas/Tree' } } }
    Plain: { type: object, properties: { a: { type: string } } }
`);
    assert.deepEqual(
      module.schemas.map(({ responseName, requestName }) => [responseName, requestName]),
      [
        ['Leaf', 'LeafInput'],
        ['Plain', 'Plain'],
        ['Tree', 'TreeInput'],
      ],
    );
  });

  test('names become identifiers, pins stay, reserved words and taken names step aside by role', async () => {
    const module = await testModule(`paths:
  /a/{b}:
    get: { parameters: [{ name: b, in: path, required: true, schema: { type: string } }], ${DONE} }
    put: { operationId: put.thing, parameters: [{ name: b, in: path, required: true, schema: { type: string } }], ${DONE} }
components:
  schemas:
    api.v1-item: { type: string }
    Promise: { type: string }
    pinned: { type: string, x-name: Chosen }
    PutThingResponse: { type: string }
`);
    assert.deepEqual(
      module.schemas.map(({ responseName }) => responseName),
      ['PromiseSchema', 'PutThingResponse', 'ApiV1Item', 'Chosen'],
    );
    assert.deepEqual(
      module.operations.map(({ id, responseName }) => [id, responseName]),
      [
        ['getAByB', 'GetAByBResponse'],
        ['putThing', 'PutThingOperationResponse'],
      ],
    );
  });

  test('a clash is refused, never numbered', async () => {
    const { refused } = await compileTest(`components:
  schemas:
    Item: { type: string }
    item: { type: string }
    ItemSchema: { type: string }
`);
    assert.deepEqual(refused, ['name-clash at 6']);
  });

  test('operation ids that become the same are refused', async () => {
    const { refused } = await compileTest(`paths:
  /a:
    get: { operationId: do-it, ${DONE} }
    put: { operationId: doIt, ${DONE} }
`);
    assert.ok(refused.includes('duplicate-operation-id at 6'), refused.join());
  });
});

suite('a parameter with a default is always there', () => {
  const cases: readonly (readonly [schema: string, present: boolean])[] = [
    ['{ type: integer, default: 2 }', true],
    ["{ $ref: '#/components/schemas/Two' }", true],
    ["{ allOf: [{ type: integer }, { $ref: '#/components/schemas/Two' }] }", true],
    ["{ anyOf: [{ type: integer, default: 2 }, { type: 'null' }] }", true],
    ["{ type: [integer, 'null'], default: null }", true],
    ['{ oneOf: [{ type: integer, default: 2 }, { type: string, default: a }] }', false],
    ['{ type: integer }', false],
  ];
  for (const [schema, present] of cases) {
    test(schema, async () => {
      const operation = await testOperation(
        `parameters: [{ name: a, in: query, schema: ${schema} }]\nresponses: { '204': { description: Done. } }`,
        'components: { schemas: { Two: { type: integer, default: 2 } } }\n',
      );
      assert.equal(operation.parameters.find(({ name }) => name === 'a')?.present, present);
    });
  }
});
