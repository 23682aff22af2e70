import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../testing.ts';
import { explicitStatuses } from './explicit-statuses.ts';

test('default and ranges are found, statuses are fine', () => {
  const text = `paths:
  /a:
    get:
      responses:
        '200': { description: Done. }
        4XX: { description: Wrong. }
        default: { description: Any. }
`;
  assert.deepEqual(findings(explicitStatuses, text), [
    'explicit-statuses at 6:9',
    'explicit-statuses at 7:9',
  ]);
});
