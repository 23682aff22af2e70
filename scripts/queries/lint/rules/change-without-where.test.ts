import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('a change without WHERE', () => {
  test('refuses UPDATE and DELETE of every row, in WITH too', () => {
    assert.deepEqual(lintText(`UPDATE ticket.tickets SET id = 1`), ['change-without-where 2:8']);
    assert.deepEqual(lintText(`DELETE FROM ticket.tickets`), ['change-without-where 2:13']);
    assert.deepEqual(lintText(`WITH gone AS (DELETE FROM ticket.tickets RETURNING id) SELECT id FROM gone`), [
      'change-without-where 2:27',
    ]);
  });
  test('lets a change of chosen rows be', () => {
    assert.deepEqual(lintText(`UPDATE ticket.tickets SET id = 1 WHERE id = :id!`), []);
  });
});
