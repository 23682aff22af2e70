import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { applicableKeywords } from './applicable-keywords.ts';

test('a keyword of another type is found', () => {
  const text = `components:
  schemas:
    A:
      type: integer
      maxLength: 3
      minimum: 1
`;
  assert.deepEqual(findings(applicableKeywords, text), ['applicable-keywords at 5:7']);
});

test('a keyword that applies to one of several types is fine', () => {
  const text = `components:
  schemas:
    A:
      type: [string, 'null']
      maxLength: 3
`;
  assert.deepEqual(findings(applicableKeywords, text), []);
});

test('number keywords apply to integers, and a schema without type is not asked', () => {
  const text = `components:
  schemas:
    A:
      type: integer
      multipleOf: 2
      not: { maxLength: 3 }
`;
  assert.deepEqual(findings(applicableKeywords, text), []);
});
