import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { explicitStatuses } from './explicit-statuses.ts';

test('default, ranges and interim statuses are found, final ones are fine', () => {
  const text = `paths:
  /a:
    get:
      responses:
        '200': { description: Done. }
        4XX: { description: Wrong. }
        default: { description: Any. }
        '103': { description: Hints. }
        '599': { description: Far out. }
`;
  assert.deepEqual(findings(explicitStatuses, text), [
    'explicit-statuses at 8:9',
    'explicit-statuses at 6:9',
    'explicit-statuses at 7:9',
  ]);
});
