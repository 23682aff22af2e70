import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { boundedIntegers } from './bounded-integers.ts';

// @requirement 38
test('each missing bound is found', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: integer, minimum: 0 }
        - { type: integer }
`;
  assert.deepEqual(findings(boundedIntegers, text), [
    'bounded-integers at 5:19',
    'bounded-integers at 6:19',
    'bounded-integers at 6:19',
  ]);
});

test('a bound beyond 2^53-1 is found at the bound', () => {
  const text = `components:
  schemas:
    A:
      type: integer
      minimum: -9007199254740992
      maximum: 9007199254740991
`;
  assert.deepEqual(findings(boundedIntegers, text), ['bounded-integers at 5:16']);
});

test('exclusive bounds, fixed values and numbers with a fraction are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: integer, exclusiveMinimum: 0, exclusiveMaximum: 9 }
        - { type: integer, enum: [1, 2] }
        - { type: number }
`;
  assert.deepEqual(findings(boundedIntegers, text), []);
});
