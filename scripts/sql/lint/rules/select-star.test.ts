import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintText } from '../../testing/lint-text.ts';

suite('SELECT *', () => {
  test('refuses *, in a subquery and in RETURNING too', () => {
    assert.deepEqual(lintText(`SELECT * FROM recipe.recipes`), ['select-star 2:8']);
    assert.deepEqual(lintText(`SELECT r.* FROM recipe.recipes AS r`), ['select-star 2:8']);
    assert.deepEqual(lintText(`SELECT s.id FROM (SELECT * FROM recipe.recipes) AS s`), ['select-star 2:26']);
    assert.deepEqual(lintText(`DELETE FROM recipe.recipes WHERE id = 1 RETURNING *`), ['select-star 2:51']);
  });
  test('lets count(*) and EXISTS (SELECT * …) be', () => {
    assert.deepEqual(
      lintText(`SELECT count(*) FROM recipe.recipes WHERE EXISTS (SELECT * FROM recipe.tags AS t)`),
      [],
    );
  });
});
