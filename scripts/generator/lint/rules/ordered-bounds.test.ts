import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { orderedBounds } from './ordered-bounds.ts';

function found(...schemas: readonly string[]): readonly string[] {
  const lines = schemas.map((schema, index) => `    S${index}: { ${schema} }`);
  return findings(orderedBounds, `components:\n  schemas:\n${lines.join('\n')}\n`);
}

test('a lower bound above the upper one is found, whatever it bounds', () => {
  const schemas = [
    'minimum: 5, maximum: 2',
    'minLength: 5, maxLength: 2',
    'minItems: 5, maxItems: 2',
    'minProperties: 5, maxProperties: 2',
    'minContains: 5, maxContains: 2',
  ];
  assert.deepEqual(
    found(...schemas).map((line) => line.replace(/:\d+$/, '')),
    [3, 4, 5, 6, 7].map((line) => `ordered-bounds at ${line}`),
  );
});

test('equal bounds leave one value, unless one of them is exclusive', () => {
  assert.deepEqual(found('minimum: 5, maximum: 5', 'minLength: 2, maxLength: 2', 'minimum: 1'), []);
  assert.equal(
    found(
      'exclusiveMinimum: 5, maximum: 5',
      'minimum: 5, exclusiveMaximum: 5',
      'exclusiveMinimum: 5, exclusiveMaximum: 5',
    ).length,
    3,
  );
});

test('what is no number has its own finding', () => {
  assert.deepEqual(found("minimum: '9', maximum: 2", 'exclusiveMinimum: true, maximum: 0'), []);
});
