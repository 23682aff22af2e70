import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { specSet } from '../testing/spec-set.ts';
import { child, descend, members, rootCursor } from '../load/cursor.ts';
import { dereference } from '../load/references.ts';
import { addRuntimeResponses } from './add-runtime-responses.ts';
import { ANY_RUNTIME, SERVER_RUNTIME } from './server-runtime.ts';

const COMMON = 'components: { schemas: { Problem: { type: object } } }\n';

/** Statuses that are added to `POST /a`, whose lines are given. */
function added(lines: readonly string[], rest = ''): readonly string[] {
  const operation = lines.map((line) => `      ${line}`).join('\n');
  return statuses(`paths:\n  /a:\n    post:\n${operation}\n${rest}`, 'post').filter(
    (status) => !lines.some((line) => line.includes(status)),
  );
}

function statuses(text: string, method: string): readonly string[] {
  const { specs, diagnostics } = addRuntimeResponses(
    specSet({ 'common/components.yaml': COMMON, 'ticket/openapi.yaml': text }),
    SERVER_RUNTIME,
  );
  assert.deepEqual(diagnostics, []);
  const [module] = specs.modules;
  assert.ok(module);
  const responses = descend(rootCursor(module.document), 'paths', '/a', method, 'responses');
  // Each leads to a response.
  for (const [status, response] of members(responses)) {
    assert.ok(child(dereference(specs, response), 'description'), status);
  }
  return members(responses).map(([status]) => status);
}

function header(name: string, required: boolean): string {
  return `parameters: [{ name: ${name}, in: header, required: ${required} }]`;
}

suite('what the runtime answers is added', () => {
  const JSON_BODY = '{ description: Done., content: { text/plain: {} } }';
  const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['to every operation', ["responses: { '204': { description: Done. } }"], ['400', '429', '500', '503']],
    ['without any responses', ['summary: Nothing'], ['400', '429', '500', '503']],
    ['for a body', ['requestBody: { content: {} }'], ['400', '413', '415', '429', '500', '503']],
    ['for content', [`responses: { '200': ${JSON_BODY} }`], ['400', '406', '429', '500', '503']],
    [
      'for content of a failure: none',
      ["responses: { '204': { description: Done. }, '404': { description: No. } }"],
      ['400', '429', '500', '503'],
    ],
    ['for credentials', ['security: [{ token: [] }]'], ['400', '401', '429', '500', '503']],
    ['for optional credentials', ['security: [{}, { token: [] }]'], ['400', '401', '429', '500', '503']],
    ['for no credentials: none', ['security: []'], ['400', '429', '500', '503']],
    [
      'for scopes of a scheme',
      ['security: [{ token: [write] }]'],
      ['400', '401', '403', '429', '500', '503'],
    ],
    ['for required scopes', ['x-required-scopes: [write]'], ['400', '403', '429', '500', '503']],
    ['for a required If-Match', [header('if-match', true)], ['400', '428', '429', '500', '503']],
    ['for an optional If-Match: none', [header('If-Match', false)], ['400', '429', '500', '503']],
    ['for a key', [header('Idempotency-Key', false)], ['400', '409', '422', '429', '500', '503']],
  ];
  for (const [what, lines, expected] of table) {
    test(what, () => assert.deepEqual(added(lines), expected));
  }

  test('for the security and the parameters that the file and the path state', () => {
    const text = `security: [{ token: [] }]
paths:
  /a:
    parameters: [{ $ref: '#/components/parameters/IfMatch' }]
    put: { responses: { '204': { description: Done. } } }
components:
  parameters:
    IfMatch: { name: If-Match, in: header, required: true }
`;
    assert.deepEqual(statuses(text, 'put'), ['204', '400', '401', '428', '429', '500', '503']);
  });
});

suite('what an operation states stays', () => {
  test('a range or the default stands for the statuses in it', () => {
    const body = 'requestBody: {}';
    assert.deepEqual(added([body, 'responses: { 4XX: { description: No. } }']), ['500', '503']);
    assert.deepEqual(
      added([body, 'responses: { 4xx: { description: No. }, 5xx: { description: No. } }']),
      [],
    );
    assert.deepEqual(added([body, 'responses: { default: { description: No. } }']), []);
  });

  test('operations of callbacks are served by others', () => {
    const callback = "{ done: { '{$url}': { post: { responses: { '204': { description: Yes. } } } } } }";
    const text = `paths:\n  /a:\n    get:\n      responses: { default: { description: No. } }\n      callbacks: ${callback}\n`;
    const before = specSet({ 'common/components.yaml': COMMON, 'ticket/openapi.yaml': text });
    assert.equal(addRuntimeResponses(before, SERVER_RUNTIME).specs, before);
  });

  test('a server that answers nothing by itself adds nothing', () => {
    const before = specSet({ 'ticket/openapi.yaml': 'paths: { /a: { get: {} } }\n' });
    assert.equal(addRuntimeResponses(before, ANY_RUNTIME).specs, before);
  });
});

function findings(files: Readonly<Record<string, string>>): readonly string[] {
  return addRuntimeResponses(specSet(files), SERVER_RUNTIME).diagnostics.map(formatDiagnostic);
}

suite('what keeps the answers from being described is a finding', () => {
  test('no schema for problems', () => {
    assert.deepEqual(findings({ 'ticket/openapi.yaml': 'paths: { /a: { get: {} } }\n' }), [
      'specs/openapi.yaml:1:1 problem-schema: what the server answers by itself is described by the schema Problem of specs/common; add it (RFC 9457)',
    ]);
  });

  test('a component of a module under the name of one that every module gets', () => {
    const text = `paths: { /a: { get: {} } }
components:
  responses:
    BadRequest: { description: No. }
`;
    assert.deepEqual(findings({ 'common/components.yaml': COMMON, 'ticket/openapi.yaml': text }), [
      'specs/ticket/openapi.yaml:4:5 duplicate-component: responses/BadRequest is the name of what the compiler adds to every module; rename this, or move it to specs/common, where it is taken instead',
    ]);
  });
});
