import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { ProblemError } from '@chompardo/sdk';

import { fieldId, fieldName, toFieldErrors } from './field-errors.ts';

const QUANTITY = 'A number greater than zero, such as 2, 1.5 or ½. Words go into the unit or the note.';

suite('field errors', () => {
  test('stand at the field of their pointer, the first of each; the rest is kept apart', () => {
    const { fields, rest } = toFieldErrors([
      { pointer: '/title', code: 'minLength', limit: 1, detail: 'must be something' },
      { pointer: '/title', code: 'pattern', detail: 'must be something else' },
      { pointer: '/ingredients/0/unit', code: 'unheardOf', detail: 'must be something new' },
      { pointer: '', code: 'maxDepth', limit: 64, detail: 'is too much' },
    ]);
    assert.deepEqual(
      [...fields],
      [
        ['/title', 'Please fill this in.'],
        ['/ingredients/0/unit', 'Must be something new.'],
      ],
    );
    assert.deepEqual(rest, ['Is too much.']);
  });

  const words: readonly (readonly [error: Pick<ProblemError, 'code' | 'limit'>, words: string])[] = [
    [{ code: 'required' }, 'Please fill this in.'],
    [{ code: 'blank' }, 'Please fill this in.'],
    [{ code: 'minLength', limit: 1 }, 'Please fill this in.'],
    [{ code: 'minLength', limit: 3 }, 'At least 3 characters.'],
    [{ code: 'maxLength', limit: 200 }, 'At most 200 characters.'],
    [{ code: 'type', limit: ['integer'] }, 'A whole number.'],
    [{ code: 'minimum', limit: 1 }, 'A whole number, at least 1.'],
    [{ code: 'maximum', limit: 1000 }, 'At most 1000.'],
    [{ code: 'pattern', limit: '^[0-9]+$' }, QUANTITY],
    [{ code: 'exclusiveMinimum', limit: 0 }, QUANTITY],
    [{ code: 'minItems', limit: 1 }, 'At least one is needed.'],
    [{ code: 'maxItems', limit: 20 }, 'At most 20.'],
    [{ code: 'someCodeOfNextYear', limit: 'x' }, 'In the words of the API.'],
  ];
  for (const [error, expected] of words) {
    test(`say of ${error.code} ${JSON.stringify(error.limit ?? null)}: ${expected}`, () => {
      // Any sentence will do: the app does not read it.
      const { fields } = toFieldErrors([{ ...error, pointer: '/title', detail: 'in the words of the API' }]);
      assert.equal(fields.get('/title'), expected);
    });
  }

  test('say of minutes how they are written', () => {
    const { fields } = toFieldErrors([{ pointer: '/prepMinutes', code: 'type', detail: 'is none' }]);
    assert.equal(fields.get('/prepMinutes'), 'Minutes such as 90, or hours such as 1 h 30.');
  });

  test('are named in words', () => {
    const names = ['/title', '/ingredients/1/quantity', '/ingredients', '/steps/0', '/steps', '/tags/2'].map(
      fieldName,
    );
    assert.deepEqual(names, ['Title', 'Ingredient 2, quantity', 'Ingredients', 'Step 1', 'Method', 'Tag 3']);
    assert.equal(fieldId('/ingredients/1/quantity'), 'field-ingredients-1-quantity');
  });
});
