import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('OFFSET', () => {
  // @requirement 77
  test('refuses OFFSET', () => {
    assert.deepEqual(lintText(`SELECT id FROM ticket.tickets ORDER BY id LIMIT 10 OFFSET :skip!`), [
      'offset-pagination 2:59',
    ]);
  });
  test('lets a continued list and a fence be', () => {
    assert.deepEqual(lintText(`SELECT s.id FROM (SELECT r.id FROM ticket.tickets AS r OFFSET 0) AS s`), []);
    assert.deepEqual(lintText(`SELECT id FROM ticket.tickets WHERE id > :after! ORDER BY id LIMIT 10`), []);
  });
});
