import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileDocument } from '../contract/compile-contract.ts';
import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { emitHandlers } from './emit-handlers.ts';

/** The emitted response type of one operation, whose responses are given as a YAML flow mapping. */
async function responseType(responses: string): Promise<string> {
  const text = `
openapi: 3.1.0
info: { title: Test, version: 1.0.0 }
paths:
  /things:
    get:
      operationId: getThing
      responses: ${responses}
components:
  schemas:
    Thing: { type: object, required: [a], properties: { a: { type: string } }, additionalProperties: false }
`;
  const compiled = await compileDocument({ file: 'test.yaml', text, moduleName: 'test' });
  if (!compiled.ok) return assert.fail(compiled.diagnostics.map(formatDiagnostic).join('\n'));
  const [file] = emitHandlers(compiled.contract);
  return /export type GetThingResponse =\s*([\s\S]*?);\n\n/.exec(file?.text ?? '')?.[1] ?? assert.fail();
}

const json = '{ application/json: { schema: { $ref: "#/components/schemas/Thing" } } }';
const problem = '{ application/problem+json: { schema: { type: object } } }';

suite('a response type', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'is a union by status',
      `{ '200': { description: d, content: ${json} }, '204': { description: d } }`,
      '| { readonly status: 200; readonly body: Thing }\n  | { readonly status: 204 }',
    ],
    [
      'is never where every answer is a problem',
      `{ '404': { description: d, content: ${problem} } }`,
      'never',
    ],
    [
      'keeps a problem that is one of several media types',
      `{ '400': { description: d, content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } }, application/problem+json: { schema: { $ref: "#/components/schemas/Thing" } } } } }`,
      "| { readonly status: 400; readonly contentType: 'application/json'; readonly body: Thing }\n" +
        "  | { readonly status: 400; readonly contentType: 'application/problem+json'; readonly body: Thing }",
    ],
    [
      'has a range as its registered codes',
      `{ 4XX: { description: d } }`,
      '| { readonly status: ClientErrorStatus }',
    ],
    [
      'leaves to a range what no status of its own says',
      `{ '404': { description: d }, '500': { description: d }, 4XX: { description: d } }`,
      '| { readonly status: 404 }\n  | { readonly status: 500 }\n' +
        '  | { readonly status: Exclude<ClientErrorStatus, 404> }',
    ],
    [
      'leaves to default what nothing else says, problems included',
      `{ '404': { description: d, content: ${problem} }, 2XX: { description: d }, default: { description: d } }`,
      '| { readonly status: SuccessStatus }\n  | { readonly status: Exclude<Status, 404 | SuccessStatus> }',
    ],
  ];
  for (const [sentence, responses, expected] of cases) {
    test(sentence, async () => assert.equal(await responseType(responses), expected));
  }
});
