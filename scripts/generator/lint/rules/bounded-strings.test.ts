import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { boundedStrings } from './bounded-strings.ts';

test('text without maxLength is found at its type', () => {
  const text = `components:
  schemas:
    A:
      type: string
`;
  assert.deepEqual(findings(boundedStrings, text), ['bounded-strings at 4:13']);
});

test('a format without a length of its own bounds nothing', () => {
  const text = `components:
  schemas:
    A:
      type: string
      format: email
`;
  assert.deepEqual(findings(boundedStrings, text), ['bounded-strings at 4:13']);
});

test('maxLength, fixed values and formats with a length are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: string, maxLength: 3 }
        - { type: string, enum: [a] }
        - { type: string, const: a }
        - { type: string, format: uuid }
        - { type: [string, 'null'], format: date-time }
`;
  assert.deepEqual(findings(boundedStrings, text), []);
});

test('text that may be null is still text', () => {
  const text = `components:
  schemas:
    A:
      type: [string, 'null']
`;
  assert.deepEqual(findings(boundedStrings, text), ['bounded-strings at 4:7']);
});

test('text in an example is data', () => {
  const text = `components:
  schemas:
    A:
      type: object
      examples: [{ type: string }]
`;
  assert.deepEqual(findings(boundedStrings, text), []);
});
