import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotFoundError } from './not-found-error.ts';

test('what is not found is named in the sentence and in the code', () => {
  const { kind, code, message, details } = new NotFoundError('meal plan');
  assert.deepEqual(
    { kind, code, message, details },
    {
      kind: 'not-found',
      code: 'meal-plan-not-found',
      message: 'There is no meal plan with this id.',
      details: [],
    },
  );
});
