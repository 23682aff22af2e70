import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { fieldId, fieldName, toFieldErrors } from './field-errors.ts';

suite('field errors', () => {
  test('stand at the field of their pointer, the first of each; the rest is kept apart', () => {
    const { fields, rest } = toFieldErrors([
      { pointer: '/title', detail: 'must NOT have fewer than 1 characters' },
      { pointer: '/title', detail: 'must be something else' },
      { pointer: '/ingredients/0/quantity', detail: 'must be greater than zero' },
      { pointer: '', detail: 'is too much' },
    ]);
    assert.deepEqual(
      [...fields],
      [
        ['/title', 'Please fill this in.'],
        ['/ingredients/0/quantity', 'Must be greater than zero.'],
      ],
    );
    assert.deepEqual(rest, ['Is too much.']);
  });

  test('are named in words', () => {
    const names = ['/title', '/ingredients/1/quantity', '/ingredients', '/steps/0', '/steps', '/tags/2'].map(
      fieldName,
    );
    assert.deepEqual(names, ['Title', 'Ingredient 2, quantity', 'Ingredients', 'Step 1', 'Method', 'Tag 3']);
    assert.equal(fieldId('/ingredients/1/quantity'), 'field-ingredients-1-quantity');
  });
});
