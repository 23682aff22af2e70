import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { exactNumbers } from './exact-numbers.ts';

test('numbers that lose digits are found wherever a schema gives one', () => {
  const text = `components:
  schemas:
    A: { const: 12345678901234567890 }
    B: { enum: [1, -9007199254740993] }
    C: { type: number, default: 9007199254740993 }
    D: { type: number, maximum: 9223372036854775807 }
`;
  assert.deepEqual(findings(exactNumbers, text), [
    'exact-numbers at 3:17',
    'exact-numbers at 4:20',
    'exact-numbers at 5:33',
    'exact-numbers at 6:33',
  ]);
});

test('exact numbers, fractions and text are fine; bounds of integers have a rule of their own', () => {
  const text = `components:
  schemas:
    A: { const: 9007199254740991 }
    B: { enum: [0.1, "12345678901234567890"] }
    C: { type: integer, maximum: 9223372036854775807 }
`;
  assert.deepEqual(findings(exactNumbers, text), []);
});
