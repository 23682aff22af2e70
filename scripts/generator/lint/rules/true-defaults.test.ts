import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { trueDefaults } from './true-defaults.ts';

test('a default of another type, outside the enum or out of bounds is found', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: integer, default: '20' }
        - { type: string, enum: [a], default: b }
        - { type: integer, maximum: 9, default: 10 }
        - { type: string, maxLength: 1, default: ab }
`;
  assert.deepEqual(findings(trueDefaults, text), [
    'true-defaults at 5:37',
    'true-defaults at 6:47',
    'true-defaults at 7:49',
    'true-defaults at 8:50',
  ]);
});

test('a default that passes, and one of null where null is allowed, are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: integer, minimum: 1, maximum: 9, default: 9 }
        - { type: [string, 'null'], default: null }
        - { type: object, default: {} }
        - { const: 1, default: 1 }
`;
  assert.deepEqual(findings(trueDefaults, text), []);
});
