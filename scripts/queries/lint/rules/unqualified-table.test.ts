import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('a table without its schema', () => {
  test('refuses a table without its schema, wherever it stands', () => {
    assert.deepEqual(lintText(`SELECT id FROM tickets`), ['unqualified-table 2:16']);
    assert.deepEqual(
      lintText(
        `SELECT r.id\nFROM ticket.tickets AS r\nWHERE EXISTS (SELECT FROM tags AS t WHERE t.id = r.id)`,
      ),
      ['unqualified-table 4:27'],
    );
    assert.deepEqual(lintText(`INSERT INTO tickets (id) VALUES (:id!)`), ['unqualified-table 2:13']);
    assert.deepEqual(lintText(`UPDATE tickets SET id = 1 WHERE id = 2`), ['unqualified-table 2:8']);
    assert.deepEqual(lintText(`DELETE FROM tickets WHERE id = 2`), ['unqualified-table 2:13']);
  });
  test('counts columns behind parameters and letters of several bytes as the source has them', () => {
    assert.deepEqual(lintText(`SELECT 'é日本', :a!::text, :b::text FROM tickets`), [
      'unqualified-table 2:40',
    ]);
  });
  test('lets WITH queries, aliases and functions stand alone', () => {
    assert.deepEqual(
      lintText(
        `WITH found AS (SELECT id FROM ticket.tickets) SELECT f.id FROM found AS f, generate_series(1, 2) AS n`,
      ),
      [],
    );
    assert.deepEqual(lintText(`SELECT r.id FROM ticket.tickets AS r FOR UPDATE OF r`), []);
  });
});
