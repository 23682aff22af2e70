import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { wholeTuples } from './whole-tuples.ts';

test('a tuple whose items may be missing, and one with an open end, are found', () => {
  const text = `components:
  schemas:
    A: { type: array, maxItems: 2, prefixItems: [{ type: string }, { type: boolean }] }
    B: { type: array, minItems: 1, items: false, prefixItems: [{ type: string }, { type: boolean }] }
    C: { type: array, minItems: 2, prefixItems: [{ type: string }, { type: boolean }] }
`;
  assert.deepEqual(findings(wholeTuples, text), [
    'whole-tuples at 3:36',
    'whole-tuples at 3:36',
    'whole-tuples at 4:50',
    'whole-tuples at 5:36',
  ]);
});

test('a tuple that has all of its first items and says what follows is fine', () => {
  const text = `components:
  schemas:
    A: { type: array, minItems: 2, items: false, prefixItems: [{ type: string }, { type: boolean }] }
    B: { type: array, minItems: 9, items: { type: 'null' }, prefixItems: [{ type: string }] }
    C: { type: array, items: { type: boolean } }
`;
  assert.deepEqual(findings(wholeTuples, text), []);
});
