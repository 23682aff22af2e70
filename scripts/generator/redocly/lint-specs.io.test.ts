import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { specSet } from '../testing/spec-set.ts';
import { REDOCLY_CONFIG } from '../testing/check-types.ts';
import { lintWithRedocly } from './lint-specs.ts';

const HEAD = `openapi: 3.1.0
info: { title: Tickets, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers: [{ url: / }]
security: []
components: { securitySchemes: {} }
tags: [{ name: Tickets, description: Tickets. }]
`;
const OPERATION = `paths:
  /a:
    get:
      operationId: listThings
      tags: [Tickets]
      responses: { '200': { description: Yes. }, '404': { description: No. } }
`;

async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const diagnostics = await lintWithRedocly('/project', REDOCLY_CONFIG, specSet(files));
  return diagnostics.map(formatDiagnostic);
}

test('a finding stands where our sources have it, in our words', async () => {
  assert.deepEqual(await found({ 'ticket/openapi.yaml': HEAD + OPERATION }), [
    'specs/ticket/openapi.yaml:9:5 operation-summary: the operation needs a summary: what it does, in a few words',
  ]);
});

test('an assertion of redocly.yaml has its own name, and each document is looked at', async () => {
  const named = (HEAD + OPERATION)
    .replace('listThings', 'ListThings')
    .replace('get:\n', 'get:\n      summary: x\n');
  const message = 'operation-id-camel-case: operationId must be in camelCase, such as listTickets';
  assert.deepEqual(await found({ 'ticket/openapi.yaml': named, 'pantry/openapi.yaml': named }), [
    `specs/ticket/openapi.yaml:11:20 ${message}`,
    `specs/pantry/openapi.yaml:11:20 ${message}`,
  ]);
});

test('what is no mapping is left to our rules, and a document that breaks the tool is said to', async () => {
  const circle = `${HEAD.replace('components:', 'x-components:')}paths: {}
components: { securitySchemes: {}, schemas: { Soup: { $ref: '#/components/schemas/Soup' } } }\n`;
  assert.deepEqual(await found({ 'pantry/openapi.yaml': '[1]', 'ticket/openapi.yaml': circle }), [
    'specs/ticket/openapi.yaml:1:1 redocly: Redocly could not lint this file: Self-referencing circular pointer',
  ]);
});

test('nothing but the specs is read: a URL is not fetched and a file elsewhere not opened', async () => {
  const away = `${HEAD}paths:
  /a: { $ref: 'http://127.0.0.1:9/a.yaml' }
  /b: { $ref: '../../../../etc/hostname' }
`;
  assert.deepEqual(await found({ 'ticket/openapi.yaml': away }), []);
});
