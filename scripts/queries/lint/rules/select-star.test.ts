import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('SELECT *', () => {
  test('refuses *, in a subquery and in RETURNING too', () => {
    assert.deepEqual(lintText(`SELECT * FROM ticket.tickets`), ['select-star 2:8']);
    assert.deepEqual(lintText(`SELECT r.* FROM ticket.tickets AS r`), ['select-star 2:8']);
    assert.deepEqual(lintText(`WITH r AS (SELECT * FROM ticket.tickets) SELECT r.id FROM r`), [
      'select-star 2:19',
    ]);
    assert.deepEqual(lintText(`SELECT s.id FROM (SELECT 1 AS id UNION SELECT * FROM ticket.tickets) AS s`), [
      'select-star 2:47',
    ]);
    assert.deepEqual(lintText(`DELETE FROM ticket.tickets WHERE id = 1 RETURNING *`), ['select-star 2:51']);
  });
  test('lets count(*), EXISTS (SELECT * …) and a subquery in FROM be', () => {
    assert.deepEqual(lintText(`SELECT s.id FROM (SELECT * FROM ticket.tickets) AS s`), []);
    assert.deepEqual(
      lintText(`SELECT count(*) FROM ticket.tickets WHERE EXISTS (SELECT * FROM ticket.tags AS t)`),
      [],
    );
  });
});
