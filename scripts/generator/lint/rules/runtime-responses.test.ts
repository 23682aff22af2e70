import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkHouseStyle } from '../check-house-style.ts';
import { findings, specSet } from '../testing.ts';
import { runtimeResponses } from './runtime-responses.ts';

/** The statuses that are missed in one operation, whose lines are given. */
function missed(...lines: readonly string[]): readonly string[] {
  const operation = lines.map((line) => `      ${line}`).join('\n');
  const specs = specSet({ 'recipe/openapi.yaml': `paths:\n  /a:\n    post:\n${operation}\n` });
  return checkHouseStyle(specs, [runtimeResponses]).map(
    ({ message }) => /\d{3}/.exec(message)?.[0] ?? message,
  );
}

test('every operation can refuse a request, be limited, fail and be unavailable', () => {
  assert.deepEqual(missed("responses: { '204': { description: Done. } }"), ['400', '429', '500', '503']);
});

test('bodies and content add what is answered about them', () => {
  assert.deepEqual(missed('requestBody: { content: {} }'), ['400', '413', '415', '429', '500', '503']);
  const content = '{ description: Done., content: { text/plain: {} } }';
  assert.deepEqual(missed(`responses: { '200': ${content} }`), ['400', '406', '429', '500', '503']);
  assert.deepEqual(missed(`responses: { '404': ${content} }`), ['400', '429', '500', '503']);
});

/** An operation's member with one header parameter. */
function header(name: string, required: boolean): string {
  return `parameters: [{ name: ${name}, in: header, required: ${required} }]`;
}

test('a header that the runtime acts on adds its refusals, whatever its case', () => {
  assert.deepEqual(missed(header('if-match', true)), ['400', '428', '429', '500', '503']);
  assert.deepEqual(missed(header('If-Match', false)), ['400', '429', '500', '503']);
  assert.deepEqual(missed(header('Idempotency-Key', false)), ['400', '409', '422', '429', '500', '503']);
});

test('a range or the default stands for the statuses in it', () => {
  assert.deepEqual(missed('requestBody: {}', 'responses: { 4XX: {} }'), ['500', '503']);
  assert.deepEqual(missed('requestBody: {}', 'responses: { 4xx: {}, 5xx: {} }'), []);
  assert.deepEqual(missed('requestBody: {}', 'responses: { default: {} }'), []);
});

test('parameters of the path count, and those behind references', () => {
  const text = `paths:
  /a:
    parameters: [{ $ref: '#/components/parameters/IfMatch' }]
    get:
      responses:
        default: {}
    put:
      responses: { 5XX: {}, '400': {}, '429': {} }
components:
  parameters:
    IfMatch: { name: If-Match, in: header, required: true }
`;
  assert.deepEqual(findings(runtimeResponses, text), ['runtime-responses at 8:7']);
});

test('the sentence says when, and the line to paste', () => {
  const specs = specSet({
    'recipe/openapi.yaml': 'paths:\n  /a:\n    get: { responses: { 5XX: {}, "429": {} } }\n',
  });
  assert.deepEqual(
    checkHouseStyle(specs, [runtimeResponses]).map(({ message }) => message),
    [
      "the runtime answers 400 when the request does not match the contract; add '400': { $ref: ../common/components.yaml#/components/responses/BadRequest }",
    ],
  );
});

test('operations of callbacks are served by others', () => {
  const text = `paths:
  /a:
    get:
      responses: { default: {} }
      callbacks: { done: { '{$url}': { post: { responses: {} } } } }
`;
  assert.deepEqual(findings(runtimeResponses, text), []);
});
