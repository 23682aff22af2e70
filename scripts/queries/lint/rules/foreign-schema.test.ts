import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite("another module's schema", () => {
  test('refuses tables, functions and types of another module', () => {
    assert.deepEqual(
      lintText(`SELECT p.id FROM recipe.recipes AS r JOIN person.people AS p ON p.id = r.id`),
      ['foreign-schema 2:43'],
    );
    assert.deepEqual(lintText(`SELECT person.rank(r.id) FROM recipe.recipes AS r`), ['foreign-schema 2:8']);
    assert.deepEqual(lintText(`SELECT r.kind::person.kind FROM recipe.recipes AS r`), [
      'foreign-schema 2:16',
    ]);
  });
  test("lets the module's own schema and PostgreSQL's be", () => {
    assert.deepEqual(
      lintText(`SELECT recipe.rank(r.id)::recipe.kind, pg_catalog.now() FROM recipe.recipes AS r`),
      [],
    );
  });
});
