import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { servedOnly } from './served-only.ts';

test('webhooks and callbacks are found', () => {
  const text = `webhooks: {}
paths:
  /a:
    get:
      callbacks: {}
`;
  assert.deepEqual(findings(servedOnly, text), ['served-only at 1:1', 'served-only at 5:7']);
});

test('paths are fine', () => {
  const text = `paths:
  /a:
    get: {}
`;
  assert.deepEqual(findings(servedOnly, text), []);
});
