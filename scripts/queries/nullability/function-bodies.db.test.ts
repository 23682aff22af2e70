import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { loadQueryTree } from '../testing/load-query-tree.ts';
import { analyseNullability } from './analyse.ts';

const MARKS = { 'not-null': '!', nullable: '?', undecided: 'u' } as const;

const SCHEMA = `
CREATE SCHEMA shop;
CREATE TABLE shop.people (id integer PRIMARY KEY, name text NOT NULL, mail text, since timestamptz NOT NULL);
INSERT INTO shop.people VALUES (1, 'a', NULL, 'infinity'), (2, 'b', 'b@x', '2024-01-01');
CREATE TABLE shop.names (name text NOT NULL);
INSERT INTO shop.names VALUES ('a');
`;

/** A function as it stands after \`CREATE FUNCTION shop.f\`, calls of it, and what is known of the columns of each. */
const FUNCTIONS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [
    '() RETURNS TABLE (id integer, mail text) LANGUAGE sql STABLE BEGIN ATOMIC SELECT p.id, p.mail FROM shop.people AS p; END',
    {
      'SELECT id, mail FROM shop.f()': '! ?',
      'SELECT f.id FROM shop.names LEFT JOIN shop.f() AS f ON false': '?',
      'SELECT f.id, g.id FROM ROWS FROM (shop.f(), shop.f()) AS r (id, mail, other, more), shop.f() AS f, shop.f() AS g':
        '! !',
      'SELECT r.id FROM ROWS FROM (shop.f(), generate_series(1, 9)) AS r (id, mail, n)': '?',
      'SELECT id, n FROM shop.f() WITH ORDINALITY AS f (id, mail, n)': '! !',
      'SELECT id, mail FROM shop.f() WHERE mail IS NOT NULL': '! !',
    },
  ],
  [
    '() RETURNS SETOF shop.people LANGUAGE sql STABLE BEGIN ATOMIC SELECT * FROM shop.people AS p; END',
    { 'SELECT id, name, mail, since FROM shop.f()': '! ! ? !' },
  ],
  [
    '() RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT p.mail FROM shop.people AS p; END',
    { 'SELECT f FROM shop.f() AS f': '?', 'SELECT shop.f() AS f': '?' },
  ],
  [
    '() RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT p.name FROM shop.people AS p; END',
    { 'SELECT f FROM shop.f() AS f': '!', 'SELECT shop.f() AS f': '!' },
  ],
  // The last statement is what it returns, a change of rows as well.
  [
    `(OUT id integer, OUT name text) RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC SELECT 1; UPDATE shop.people AS p SET name = 'c' RETURNING p.id, p.name; END`,
    { 'SELECT id, name FROM shop.f()': '! !' },
  ],
  // An argument is null where the call's is.
  [
    '(x text, y text) RETURNS TABLE (x text, y text) LANGUAGE sql STABLE BEGIN ATOMIC SELECT f.x, f.y FROM shop.names; END',
    {
      "SELECT x, y FROM shop.f('a', NULL)": '! ?',
      'SELECT f.x, f.y FROM shop.people AS p, LATERAL shop.f(p.name, p.mail) AS f': '! ?',
      "SELECT x, y FROM shop.f(y => 'a', x => NULL)": 'u u',
    },
  ],
  // A strict function that is given null has no rows.
  [
    '(x text) RETURNS TABLE (x text) STRICT LANGUAGE sql STABLE BEGIN ATOMIC SELECT f.x FROM shop.names; END',
    {
      'SELECT x FROM shop.f(NULL)': '!',
      'SELECT f.x FROM shop.people AS p, LATERAL shop.f(p.mail) AS f': '!',
    },
  ],
  // A cast to the declared type may be null: the time of day of an infinite timestamp is.
  [
    '() RETURNS TABLE (at time) LANGUAGE sql STABLE BEGIN ATOMIC SELECT p.since FROM shop.people AS p; END',
    { 'SELECT at FROM shop.f()': 'u' },
  ],
  // What PostgreSQL reads at each call, and what is no SQL.
  [
    '() RETURNS TABLE (id integer) LANGUAGE sql STABLE AS $$ SELECT p.id FROM shop.people AS p $$',
    { 'SELECT id FROM shop.f()': 'u' },
  ],
  [
    '() RETURNS TABLE (id integer) LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN QUERY SELECT p.id FROM shop.people AS p; END $$',
    { 'SELECT id FROM shop.f()': 'u' },
  ],
  // One value: an expression has it at every call, a query may have no row.
  [
    '(x text) RETURNS integer LANGUAGE sql IMMUTABLE RETURN length(x)',
    { 'SELECT shop.f(p.name) AS a, shop.f(p.mail) AS b FROM shop.people AS p': '! ?' },
  ],
  [
    `(x text) RETURNS text STRICT LANGUAGE sql IMMUTABLE RETURN coalesce(x, 'none')`,
    { 'SELECT shop.f(p.name) AS a, shop.f(p.mail) AS b FROM shop.people AS p': '! ?' },
  ],
  [
    `(x text) RETURNS text LANGUAGE sql IMMUTABLE RETURN coalesce(x, 'none')`,
    { 'SELECT shop.f(p.name) AS a, shop.f(p.mail) AS b FROM shop.people AS p': '! !' },
  ],
  [
    '() RETURNS text LANGUAGE sql STABLE BEGIN ATOMIC SELECT p.name FROM shop.people AS p WHERE p.id = 3; END',
    { 'SELECT shop.f() AS f': 'u', 'SELECT f FROM shop.f() AS f': 'u' },
  ],
];

let database: ScratchDatabase;
before(async () => {
  database = await createScratchDatabase(SCHEMA);
});
after(() => database[Symbol.asyncDispose]());

suite('what a function returns is known from its body', () => {
  for (const [definition, calls] of FUNCTIONS) {
    test(`shop.f ${definition}`, async () => {
      const { client } = database;
      await client.query(`CREATE FUNCTION shop.f ${definition}`);
      try {
        const catalogue: Catalogue = await loadCatalogue(client);
        for (const [statement, expected] of Object.entries(calls)) {
          const tree = await loadQueryTree(client, statement);
          const columns = analyseNullability({ tree, catalogue, requiredParameters: new Set() });
          assert.equal(columns.map(({ nullability }) => MARKS[nullability]).join(' '), expected, statement);
          await client.query('BEGIN');
          const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
          await client.query('ROLLBACK');
          for (const [index, { nullability, reason }] of columns.entries()) {
            if (nullability !== 'not-null') continue;
            assert.ok(
              rows.every((row) => row[index] !== null),
              `${statement}: null, although ${reason}`,
            );
          }
          if (expected.includes('u')) {
            const isString = definition.includes('LANGUAGE sql STABLE AS');
            assert.equal(
              columns.some(({ reason }) => /write it as BEGIN ATOMIC/.test(reason)),
              isString,
            );
          }
        }
      } finally {
        await client.query('DROP FUNCTION shop.f');
      }
    });
  }
});
