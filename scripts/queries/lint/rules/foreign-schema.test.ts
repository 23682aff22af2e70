import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite("another module's schema", () => {
  test('refuses tables, functions and types of another module', () => {
    assert.deepEqual(
      lintText(`SELECT p.id FROM ticket.tickets AS r JOIN person.people AS p ON p.id = r.id`),
      ['foreign-schema 2:43'],
    );
    assert.deepEqual(lintText(`SELECT person.rank(r.id) FROM ticket.tickets AS r`), ['foreign-schema 2:8']);
    assert.deepEqual(lintText(`SELECT r.kind::person.kind FROM ticket.tickets AS r`), [
      'foreign-schema 2:16',
    ]);
  });
  test('lets types and functions of extensions be, and refuses tables beside them', () => {
    assert.deepEqual(
      lintText(`SELECT public.similarity(r.id, 'a'), r.id::public.citext FROM ticket.tickets AS r`),
      [],
    );
    assert.deepEqual(lintText(`SELECT r.id FROM public.tickets AS r`), ['foreign-schema 2:18']);
  });
  test("lets the module's own schema and PostgreSQL's be", () => {
    assert.deepEqual(
      lintText(`SELECT ticket.rank(r.id)::ticket.kind, pg_catalog.now() FROM ticket.tickets AS r`),
      [],
    );
  });
});
