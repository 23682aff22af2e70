import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createTestDatabase, truncateSchema } from './database.ts';

const SCHEMAS = [
  'CREATE SCHEMA library',
  'CREATE SCHEMA "Odd ""name"""',
  'CREATE TABLE library.books (id integer PRIMARY KEY)',
  'CREATE TABLE library.loans (id integer PRIMARY KEY, book integer NOT NULL REFERENCES library.books)',
  'CREATE TABLE "Odd ""name""".notes (id integer PRIMARY KEY)',
  'INSERT INTO library.books VALUES (1)',
  'INSERT INTO library.loans VALUES (1, 1)',
  'INSERT INTO "Odd ""name""".notes VALUES (1)',
];

suite('truncateSchema', async () => {
  const db = await createTestDatabase();
  after(() => db[Symbol.asyncDispose]());
  for (const statement of SCHEMAS) await db.database.query(statement);
  const counts = `SELECT (SELECT count(*)::int FROM library.books) AS books,
    (SELECT count(*)::int FROM library.loans) AS loans, (SELECT count(*)::int FROM "Odd ""name""".notes) AS notes`;
  const count = async (): Promise<unknown> => (await db.database.query(counts)).rows[0];

  test('empties tables that refer to each other, and those of no other schema', async () => {
    await truncateSchema(db.database, 'library');
    assert.deepEqual(await count(), { books: 0, loans: 0, notes: 1 });
  });

  test('takes any name', async () => {
    await truncateSchema(db.database, 'Odd "name"');
    assert.deepEqual(await count(), { books: 0, loans: 0, notes: 0 });
  });

  test('reaches into no other schema', async () => {
    await db.database.query('INSERT INTO library.books VALUES (2)');
    await db.database.query('CREATE TABLE "Odd ""name""".marks (book integer REFERENCES library.books)');
    await db.database.query('INSERT INTO "Odd ""name""".marks VALUES (2)');
    await assert.rejects(truncateSchema(db.database, 'library'), /foreign key/);
    assert.deepEqual((await db.database.query('SELECT book FROM "Odd ""name""".marks')).rows, [{ book: 2 }]);
  });

  test('of a schema that has no tables is a mistake', async () => {
    await assert.rejects(truncateSchema(db.database, 'nowhere'), /The schema nowhere has no tables\./);
  });
});
