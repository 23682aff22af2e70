import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../testing/lint-text.ts';

suite('a waiver in a query', () => {
  test('silences its rule when it says why', () => {
    assert.deepEqual(
      lintText('-- lint-waive select-star: the view fixes the columns\nSELECT * FROM ticket.tickets'),
      [],
    );
    assert.deepEqual(
      lintText('SELECT * -- lint-waive select-star: the view fixes the columns\nFROM ticket.tickets'),
      [],
    );
  });
  test('does nothing without a reason, and is wrong itself', () => {
    assert.deepEqual(lintText('-- lint-waive select-star\nSELECT * FROM ticket.tickets'), [
      'select-star 3:8',
      'lint-waiver 2:1',
    ]);
  });
  test('is wrong when there is nothing to silence, or no such rule', () => {
    assert.deepEqual(lintText('-- lint-waive offset-pagination: few rows\nSELECT id FROM ticket.tickets'), [
      'lint-waiver 2:1',
    ]);
    assert.deepEqual(lintText('-- lint-waive everything: please\nSELECT id FROM ticket.tickets'), [
      'lint-waiver 2:1',
    ]);
  });
  test('silences no other rule', () => {
    assert.deepEqual(lintText('-- lint-waive select-star: fixed\nSELECT * FROM tickets'), [
      'unqualified-table 3:15',
    ]);
  });
});
