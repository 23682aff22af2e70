import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileWhenAsked } from '../../../src/kernel/contract/validation/compile-checks.ts';
import { ContractValidator } from '../../../src/kernel/contract/validation/contract-validator.ts';
import { responseData } from '../../../scripts/generator/sdk/response-data.ts';
import { requestComponents } from '../../../scripts/generator/sdk/request-components.ts';
import { toolDocument } from '../../../scripts/generator/sdk/tools/tool-document.ts';
import { compileTest } from '../../../scripts/generator/testing/compile-test.ts';
import { compileModule } from './compiled-module.ts';

/** A media type, and the keys that a contract may write it with (RFC 9110 section 8.3.1). */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'application/json': [
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json ;v=1',
  ],
  'application/vnd.shelf+json': ['application/vnd.shelf+json', 'Application/Vnd.Shelf+JSON;v=1'],
  'application/merge-patch+json': [
    'application/merge-patch+json',
    'application/merge-patch+JSON; charset=utf-8',
  ],
  'application/x-www-form-urlencoded': [
    'application/x-www-form-urlencoded; charset=utf-8',
    'Application/X-WWW-Form-Urlencoded',
  ],
  'multipart/form-data': ['multipart/form-data; boundary=x', 'Multipart/Form-Data'],
  'text/plain': ['text/plain; charset=utf-8', 'Text/Plain'],
};

function document(requestKey: string, responseKey: string, schema: string, status = '200'): string {
  return `
paths:
  /things:
    post:
      operationId: saveThing
      requestBody:
        required: true
        content:
          ${JSON.stringify(requestKey)}: { schema: ${schema} }
      responses:
        '${status}':
          description: Done.
          content: { ${JSON.stringify(responseKey)}: { schema: ${schema} } }
components:
  schemas:
    Thing: { type: object, required: [n], additionalProperties: false, properties: { n: { type: integer } } }
    Text: { type: string, maxLength: 3 }
`;
}

const EMPTY = { path: {}, query: {}, headers: {}, cookies: {} };

suite('a media type of the contract', () => {
  for (const [mediaType, keys] of Object.entries(SPELLINGS)) {
    const isText = mediaType === 'text/plain';
    const component = isText ? 'Text' : 'Thing';
    const [right, ...wrong] = isText ? ['abc', 'abcd'] : [{ n: 1 }, { n: 'no', admin: true }, []];
    for (const key of keys) {
      test(`that is written ${key} is validated as ${mediaType}`, async () => {
        const body = document(
          key,
          isText ? 'text/plain' : key.replace(/^multipart.*/i, 'application/json'),
          `{ $ref: '#/components/schemas/${component}' }`,
        );
        const { binding, joined } = await compileModule(body);
        const { saveThing } = binding.operations;
        assert.ok(saveThing);
        assert.deepEqual(
          saveThing.body?.content.map((content) => content.mediaType),
          [mediaType],
        );
        const validator = new ContractValidator(binding, compileWhenAsked(binding));
        const shapes = validator.shapesOf(saveThing);
        const request = (value: unknown): ReturnType<ContractValidator['checkRequest']> =>
          validator.checkRequest(saveThing, shapes.requests[0]?.index ?? -1, { ...EMPTY, body: value }, 10);
        const response = (value: unknown): ReturnType<ContractValidator['checkResponse']> =>
          validator.checkResponse(shapes.responses[0]?.contents[0] ?? -1, { headers: {}, body: value });
        assert.deepEqual([request(right), response(right)], [[], []]);
        for (const each of wrong) {
          assert.notDeepEqual(request(each), [], JSON.stringify(each));
          assert.notDeepEqual(response(each), [], JSON.stringify(each));
        }
        assert.deepEqual(
          requestComponents(joined, (type) => type === mediaType),
          [component],
        );
        const [path] = Object.values(JSON.parse(JSON.stringify(toolDocument(joined)['paths'])));
        assert.match(JSON.stringify(path), new RegExp(`"requestBody".*"${mediaType.replace('+', '\\+')}"`));
        const { contract } = await compileTest(body);
        const [module] = contract?.modules ?? [];
        const [operation] = module?.operations ?? [];
        assert.ok(module !== undefined && operation !== undefined);
        assert.doesNotMatch(JSON.stringify(responseData(operation, module)), /[;A-Z]\w*\/|"type":"[^"]*;/);
      });
    }
  }

  for (const status of ['2xx', '2Xx', '2XX', 'default', '200']) {
    test(`of the response ${status} is validated`, async () => {
      const body = document(
        'application/json',
        'application/json',
        "{ $ref: '#/components/schemas/Thing' }",
        status,
      );
      const { binding } = await compileModule(body);
      const { saveThing } = binding.operations;
      assert.ok(saveThing);
      const validator = new ContractValidator(binding, compileWhenAsked(binding));
      const index = validator.shapesOf(saveThing).responses[0]?.contents[0] ?? -1;
      assert.deepEqual(validator.checkResponse(index, { headers: {}, body: { n: 1 } }), []);
      assert.notDeepEqual(validator.checkResponse(index, { headers: {}, body: { n: 'no' } }), []);
    });
  }

  test('that the document lacks stops the start: nothing is let through for that', async () => {
    const { binding } = await compileModule(
      document('application/json', 'application/json', "{ $ref: '#/components/schemas/Thing' }"),
    );
    const { saveThing } = binding.operations;
    assert.ok(saveThing?.body);
    const json = { mediaType: 'application/xml', kind: 'json' } as const;
    const parameter = {
      name: 'q',
      key: 'q',
      in: 'query',
      required: false,
      style: 'form',
      explode: true,
      allowReserved: false,
      decode: { kind: 'scalar', types: ['string'] },
    } as const;
    for (const [other, message] of [
      [{ ...saveThing, body: { required: true, content: [json] } }, /no body of application\/xml/],
      [
        { ...saveThing, responses: [{ status: 200, content: [json], headers: [] }] },
        /no body of application\/xml/,
      ],
      [{ ...saveThing, responses: [{ status: 201, content: [], headers: [] }] }, /no response 201/],
      [{ ...saveThing, parameters: [parameter] }, /no query parameter q/],
    ] as const) {
      assert.throws(() => compileWhenAsked({ ...binding, operations: { saveThing: other } }), message);
    }
  });
});
