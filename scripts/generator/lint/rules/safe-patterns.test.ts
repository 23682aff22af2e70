import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { safePatterns } from './safe-patterns.ts';

// @requirement 74
test('nested repetition and a pattern without ends are found, also of names', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: string, pattern: '^(a+)+$' }
        - { type: string, pattern: '^a' }
        - { type: object, patternProperties: { '^(a+)+': { type: string } } }
        - { type: string, pattern: '^[a-z]+(-[a-z-]+)*$' }
`;
  assert.deepEqual(findings(safePatterns, text), [
    'safe-patterns at 5:36',
    'safe-patterns at 6:36',
    'safe-patterns at 7:48',
    'safe-patterns at 8:36',
  ]);
});

test('repetition side by side and a class full of signs are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: string, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }
        - { type: string, pattern: '^[(+)]+$' }
`;
  assert.deepEqual(findings(safePatterns, text), []);
});
