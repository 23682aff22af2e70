import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTold, createProject, migration } from '../testing/migration-project.ts';

/** A table that a trigger counts in. */
function counted(fill: string): string {
  return migration(
    `CREATE TABLE notes.counts (pages bigint NOT NULL);
INSERT INTO notes.counts ${fill};
CREATE FUNCTION notes.count_page() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN UPDATE notes.counts SET pages = pages + 1; RETURN NULL; END';
CREATE TRIGGER count_page AFTER INSERT ON notes.pages FOR EACH ROW EXECUTE FUNCTION notes.count_page();`,
    'DROP TRIGGER count_page ON notes.pages; DROP FUNCTION notes.count_page(); DROP TABLE notes.counts;',
  );
}

test('a round trip with the rows of seeds tells of a migration that leaves out the rows that are there', async () => {
  await using project = await createProject({
    'notes/00001_create_schema.sql': migration('CREATE SCHEMA notes;', 'DROP SCHEMA notes;'),
    'notes/00002_create_pages.sql': migration(
      `CREATE TABLE notes.books (id int PRIMARY KEY);
CREATE TABLE notes.pages (
id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, book int REFERENCES notes.books (id),
words text[] NOT NULL, size int GENERATED ALWAYS AS (cardinality(words)) STORED
);`,
      'DROP TABLE notes.pages; DROP TABLE notes.books;',
    ),
    'notes/00003_count_pages.sql': counted('VALUES (0)'),
    '../seeds/notes/pages.sql':
      "INSERT INTO notes.books VALUES (1); INSERT INTO notes.pages (book, words) VALUES (1, '{a,\"b,c\"}'), (1, '{}'), (NULL, '{NULL}');",
  });
  const left = await project.verify();
  assert.equal(
    left.stderr,
    'migrations/notes/00003_count_pages.sql:1:1 leaves out the rows that are there: notes.counts has 1 row after it, and 1 row with other values when the same rows are written after it. Fill it from them, in this migration or in a new one.\n',
  );
  assert.equal(left.code, 1);
  // A later migration may make good what one left out, and a later one still may go down and up.
  await project.write(
    'notes/00004_recount_pages.sql',
    migration('UPDATE notes.counts SET pages = (SELECT count(*) FROM notes.pages) WHERE true;', 'SELECT 1;'),
  );
  await project.write(
    'notes/00005_views.sql',
    migration('CREATE VIEW notes.v AS SELECT 1 AS one;', 'DROP VIEW notes.v;'),
  );
  assert.deepEqual([(await project.verify()).stderr], ['']);
  await project.remove('notes/00004_recount_pages.sql');
  await project.write('notes/00003_count_pages.sql', counted('SELECT count(*) FROM notes.pages'));
  assert.equal((await project.verify()).stderr, '');
  // What fails on rows is told like any failure.
  await project.write(
    'notes/00006_names.sql',
    migration(
      'ALTER TABLE notes.books ADD COLUMN name text; UPDATE notes.books SET name = 1 / (id - 1) WHERE true;',
      'ALTER TABLE notes.books DROP COLUMN name;',
    ),
  );
  await project.write('../seeds/notes/pages.sql', "INSERT INTO notes.books VALUES ('x');");
  const wrong = await project.verify().catch((error: unknown) => asTold(error));
  assert.match(
    wrong.stderr,
    /^seeds\/notes\/pages\.sql:1:1 PostgreSQL did not write these rows: invalid input syntax/,
  );
  await project.write('../seeds/notes/pages.sql', 'INSERT INTO notes.books (id, name) VALUES (1, $$a$$);');
  const failed = await project.verify().catch((error: unknown) => asTold(error));
  assert.match(failed.stderr, /^migrations\/notes\/00006_names\.sql:3:\d+ division by zero/);
});
