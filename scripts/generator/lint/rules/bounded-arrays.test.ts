import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { boundedArrays } from './bounded-arrays.ts';

test('an array needs maxItems and items', () => {
  const text = `components:
  schemas:
    A:
      type: array
`;
  assert.deepEqual(findings(boundedArrays, text), ['bounded-arrays at 4:13', 'bounded-arrays at 4:13']);
});

test('a bounded array, a tuple and a fixed array are fine', () => {
  const text = `components:
  schemas:
    A:
      oneOf:
        - { type: array, maxItems: 3, items: { type: boolean } }
        - { type: array, maxItems: 1, prefixItems: [{ type: boolean }] }
        - { type: array, const: [1] }
`;
  assert.deepEqual(findings(boundedArrays, text), []);
});
