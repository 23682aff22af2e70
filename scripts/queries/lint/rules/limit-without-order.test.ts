import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('LIMIT without ORDER BY', () => {
  test('refuses LIMIT without ORDER BY, in a subquery too', () => {
    assert.deepEqual(lintText(`SELECT id FROM ticket.tickets LIMIT 10`), ['limit-without-order 2:37']);
    assert.deepEqual(
      lintText(
        `SELECT (SELECT t.id FROM ticket.tags AS t LIMIT 1) FROM ticket.tickets AS r ORDER BY r.id LIMIT :limit!`,
      ),
      ['limit-without-order 2:49'],
    );
  });
  test('lets an ordered LIMIT be', () => {
    assert.deepEqual(lintText(`SELECT id FROM ticket.tickets ORDER BY id LIMIT :limit!`), []);
  });
});
