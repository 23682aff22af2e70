import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { problemResponses } from './problem-responses.ts';

test('an error without a body, with JSON, or with another schema is found', () => {
  const text = `paths:
  /a:
    get:
      responses:
        '400': { description: Bad. }
        '404': { description: Bad., content: { application/json: { schema: { $ref: '../common/components.yaml#/components/schemas/Problem' } } } }
        '500': { description: Bad., content: { application/problem+json: { schema: { $ref: '#/components/schemas/Mine' } } } }
components: { schemas: { Mine: { type: object } } }
`;
  const others = {
    'common/components.yaml': `components:
  schemas:
    Problem: { type: object }
  responses:
    Bad:
      description: Bad.
      content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } }
`,
  };
  assert.deepEqual(findings(problemResponses, text, others), [
    'problem-responses at 5:9',
    'problem-responses at 6:9',
    'problem-responses at 7:9',
  ]);
});

test('the shared problem is fine, and success is not asked', () => {
  const text = `paths:
  /a:
    get:
      responses:
        '200': { description: Done. }
        '400': { $ref: '../common/components.yaml#/components/responses/Bad' }
`;
  const others = {
    'common/components.yaml': `components:
  schemas:
    Problem: { type: object }
  responses:
    Bad:
      description: Bad.
      content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } }
`,
  };
  assert.deepEqual(findings(problemResponses, text, others), []);
});
