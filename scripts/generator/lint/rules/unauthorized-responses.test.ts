import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../testing.ts';
import { unauthorizedResponses } from './unauthorized-responses.ts';

test('an operation with a token and without 401 is found', () => {
  const text = `security: [{ token: [] }]
paths:
  /a:
    get:
      responses:
        '200': { description: Done. }
`;
  assert.deepEqual(findings(unauthorizedResponses, text), ['unauthorized-responses at 5:7']);
});

test('optional tokens can be wrong too', () => {
  const text = `paths:
  /a:
    get:
      security: [{}, { token: [] }]
      responses:
        '200': { description: Done. }
`;
  assert.deepEqual(findings(unauthorizedResponses, text), ['unauthorized-responses at 5:7']);
});

test('a public operation needs none, and 401 is enough', () => {
  const text = `security: [{ token: [] }]
paths:
  /a:
    get:
      responses:
        '401': { description: No. }
    put:
      security: []
      responses: {}
`;
  assert.deepEqual(findings(unauthorizedResponses, text), []);
});
