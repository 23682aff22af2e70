import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkNames } from './check-names.ts';
import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { specSet } from '../testing/spec-set.ts';

function names(text: string): readonly string[] {
  const [document] = specSet({ 'ticket/openapi.yaml': text }).documents.values();
  assert.ok(document);
  return checkNames(document).map((each) => formatDiagnostic(each).replace(/: it is .*/, ''));
}

test('operations, tags and components named as members of every object are found where they stand', () => {
  const text = `tags: [{ name: valueOf }]
paths:
  /a:
    get:
      operationId: toString
      tags: [valueOf]
components:
  schemas:
    constructor: {}
  responses:
    hasOwnProperty: {}
`;
  assert.deepEqual(names(text), [
    'specs/ticket/openapi.yaml:5:20 inherited-name: "toString" cannot name an operation',
    'specs/ticket/openapi.yaml:6:14 inherited-name: "valueOf" cannot name a tag',
    'specs/ticket/openapi.yaml:1:16 inherited-name: "valueOf" cannot name a tag',
    'specs/ticket/openapi.yaml:9:5 inherited-name: "constructor" cannot name a component',
    'specs/ticket/openapi.yaml:11:5 inherited-name: "hasOwnProperty" cannot name a component',
  ]);
});

test('other names, and properties of schemas, are free', () => {
  const text = `tags: [{ name: Tickets }, 1]
paths:
  /constructor:
    get:
      operationId: getToString
components:
  schemas:
    Ticket: { type: object, properties: { constructor: { type: boolean } } }
`;
  assert.deepEqual(names(text), []);
});
