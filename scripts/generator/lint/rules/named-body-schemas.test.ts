import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { namedBodySchemas } from './named-body-schemas.ts';

test('an inline schema is found in requests and responses', () => {
  const text = `paths:
  /a:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: Done., content: { application/merge-patch+json: { schema: { type: object } } } }
`;
  assert.deepEqual(findings(namedBodySchemas, text), [
    'named-body-schemas at 4:53',
    'named-body-schemas at 6:81',
  ]);
});

test('a JSON body without schema is found', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content: { application/json: {} }
`;
  assert.deepEqual(findings(namedBodySchemas, text), ['named-body-schemas at 5:20']);
});

test('a reference is a name, and other bodies need none', () => {
  const text = `paths:
  /a:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
      responses:
        '200': { description: Done., content: { text/plain: { schema: { type: string } } } }
`;
  assert.deepEqual(findings(namedBodySchemas, text), []);
});
