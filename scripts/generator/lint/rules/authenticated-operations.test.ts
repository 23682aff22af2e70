import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { authenticatedOperations } from './authenticated-operations.ts';

test('an operation of a file without security is found at its method', () => {
  const text = `paths:
  /a:
    get:
      responses: {}
`;
  assert.deepEqual(findings(authenticatedOperations, text), ['authenticated-operations at 3:5']);
});

test('an operation with security of the file is fine', () => {
  const text = `security: [{ token: [] }]
paths:
  /a:
    get:
      responses: {}
`;
  assert.deepEqual(findings(authenticatedOperations, text), []);
});

// @requirement 34
test('no security and optional security are found at the security', () => {
  const text = `security: [{ token: [] }]
paths:
  /a:
    get:
      security: []
    put:
      security: [{}, { token: [] }]
`;
  assert.deepEqual(findings(authenticatedOperations, text), [
    'authenticated-operations at 5:7',
    'authenticated-operations at 7:7',
  ]);
});

test('a reason in words excuses', () => {
  const text = `paths:
  /a:
    get:
      x-security-reason: Health checks carry no token.
      security: []
`;
  assert.deepEqual(findings(authenticatedOperations, text), []);
});

test('an empty reason does not, and a reason for a closed operation is stale', () => {
  const text = `security: [{ token: [] }]
paths:
  /a:
    get:
      security: []
      x-security-reason: ' '
    put:
      x-security-reason: Old.
`;
  assert.deepEqual(findings(authenticatedOperations, text), [
    'authenticated-operations at 5:7',
    'authenticated-operations at 8:26',
  ]);
});
