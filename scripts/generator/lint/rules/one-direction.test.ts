import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { oneDirection } from './one-direction.ts';

test('readOnly beside writeOnly is found', () => {
  const text = `components:
  schemas:
    A:
      type: object
      readOnly: true
      writeOnly: true
`;
  assert.deepEqual(findings(oneDirection, text), ['one-direction at 6:18']);
});

test('one of them is fine', () => {
  const text = `components:
  schemas:
    A:
      type: object
      readOnly: true
      writeOnly: false
`;
  assert.deepEqual(findings(oneDirection, text), []);
});
