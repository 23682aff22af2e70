import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { loadQueryTree } from '../testing/load-query-tree.ts';
import { walkAllNodes } from '../tree/node-fields.ts';
import { cardinalityOf } from './cardinality.ts';
import type { Cardinality } from './cardinality.ts';

const SCHEMA = `
CREATE SCHEMA shop;
CREATE TABLE shop.people (id integer PRIMARY KEY, name text NOT NULL, mail text UNIQUE, gone boolean, boss integer);
CREATE UNIQUE INDEX people_by_boss ON shop.people (boss) WHERE NOT gone;
CREATE UNIQUE INDEX people_by_lower_name ON shop.people (lower(name));
CREATE TABLE shop.orders (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES shop.people (id));
CREATE TABLE shop.lines (order_id integer, number integer, note text, later integer UNIQUE DEFERRABLE, PRIMARY KEY (order_id, number));
CREATE VIEW shop.names AS SELECT p.id AS person, p.name FROM shop.people AS p;
CREATE VIEW shop.counts AS SELECT person_id, count(*) AS n FROM shop.orders GROUP BY person_id;
CREATE FUNCTION shop.person(wanted integer) RETURNS SETOF shop.people LANGUAGE sql STABLE
  BEGIN ATOMIC SELECT * FROM shop.people AS p WHERE p.id = wanted; END;
CREATE FUNCTION shop.everyone() RETURNS TABLE (id integer, name text) LANGUAGE sql STABLE
  BEGIN ATOMIC SELECT p.id, p.name FROM shop.people AS p; END;
CREATE FUNCTION shop.in_text(wanted integer) RETURNS SETOF shop.people LANGUAGE sql STABLE
  AS 'SELECT * FROM shop.people AS p WHERE p.id = wanted';
CREATE TABLE shop.wide (a integer, b integer, c integer, UNIQUE (a) INCLUDE (b));
INSERT INTO shop.wide VALUES (1, 2, 3), (2, 2, 3);
CREATE TABLE shop.parent (id integer PRIMARY KEY);
CREATE TABLE shop.child () INHERITS (shop.parent);
CREATE COLLATION shop.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE EXTENSION citext;
CREATE TYPE shop.price AS (amount numeric);
CREATE TABLE shop.same (
  bytes text COLLATE shop.ci, loose text COLLATE shop.ci UNIQUE, number numeric UNIQUE, image shop.price, price shop.price UNIQUE,
  mail citext UNIQUE, plain citext, code varchar(9) UNIQUE, fixed char(3) UNIQUE, list integer[] UNIQUE
);
CREATE UNIQUE INDEX same_bytes ON shop.same (bytes COLLATE "C");
CREATE UNIQUE INDEX same_image ON shop.same (image record_image_ops);
CREATE UNIQUE INDEX same_plain ON shop.same ((plain::text));
CREATE UNIQUE INDEX same_pattern ON shop.same (code text_pattern_ops);
INSERT INTO shop.same VALUES
  ('a', 'a', 1.0, ROW(1.0), ROW(1.0), 'a', 'a', 'a', 'a', '{1}'), ('A', 'b', 2, ROW(1.00), ROW(2), 'b', 'A', 'b', 'b', '{2}');
CREATE TABLE shop.twins (loose text COLLATE shop.ci, number numeric);
INSERT INTO shop.twins VALUES ('a', 1.0), ('A', 1.00);
INSERT INTO shop.people (id, name, mail) SELECT n, 'p' || n, n || '@x' FROM generate_series(1, 3) AS n;
INSERT INTO shop.orders SELECT n, 1 + n % 3 FROM generate_series(1, 9) AS n;
INSERT INTO shop.lines SELECT o, n FROM generate_series(1, 9) AS o, generate_series(1, 2) AS n;
INSERT INTO shop.child VALUES (1); INSERT INTO shop.parent VALUES (1);`;

const CASES: readonly (readonly [Cardinality, string])[] = [
  ['at-most-one', 'SELECT name FROM shop.people WHERE id = 1'],
  ['at-most-one', 'SELECT name FROM shop.people WHERE 1 = id AND name > $1'],
  ['at-most-one', `SELECT name FROM shop.people WHERE mail = 'a'`],
  ['many', 'SELECT name FROM shop.people WHERE id = 1 OR id = 2'],
  ['at-most-one', 'SELECT name FROM shop.person(1)'],
  ['at-most-one', 'SELECT a.name FROM shop.person($1) AS a, shop.person(2) AS b'],
  ['at-most-one', 'SELECT name FROM shop.everyone() AS every_one WHERE id = 1'],
  ['at-most-one', 'SELECT f.name FROM shop.people AS p, LATERAL shop.person(p.boss) AS f WHERE p.id = 1'],
  ['at-most-one', 'SELECT a.first FROM ROWS FROM (shop.person(1), shop.person(2)) AS a (first)'],
  ['many', 'SELECT name FROM shop.everyone()'],
  ['many', 'SELECT shop.person(1)'],
  ['many', 'SELECT name FROM shop.in_text(1)'],
  ['many', 'SELECT f.name FROM shop.people AS p, LATERAL shop.person(p.id) AS f WHERE p.id = f.id'],
  ['many', 'SELECT name FROM shop.people WHERE id >= 1'],
  ['many', 'SELECT name FROM shop.people WHERE id = boss'],
  ['many', 'SELECT name FROM shop.people WHERE id = (random() * 3)::integer'],
  ['many', 'SELECT name FROM shop.people WHERE boss = 1'],
  ['many', `SELECT name FROM shop.people WHERE mail = 'A' COLLATE shop.ci`],
  ['many', 'SELECT name FROM shop.people WHERE mail IS NULL'],
  ['many', 'SELECT note FROM shop.lines WHERE order_id = 1'],
  ['many', 'SELECT note FROM shop.lines WHERE later = 1'],
  ['at-most-one', 'SELECT note FROM shop.lines WHERE (order_id, number) = (1, 2)'],
  ['many', 'SELECT id FROM shop.parent WHERE id = 1'],
  [
    'at-most-one',
    'WITH one AS (SELECT count(*) AS n FROM shop.people) SELECT s.n FROM (SELECT n FROM one) AS s',
  ],
  // The equality of an index is not always the query's.
  ['many', `SELECT bytes FROM shop.same WHERE bytes = 'a'`],
  ['at-most-one', `SELECT bytes FROM shop.same WHERE bytes = 'a' COLLATE "C"`],
  ['at-most-one', `SELECT loose FROM shop.same WHERE loose = 'A'`],
  ['at-most-one', `SELECT loose FROM shop.same WHERE loose = 'A' COLLATE "C"`],
  ['at-most-one', 'SELECT number FROM shop.same WHERE number = 1'],
  ['many', 'SELECT image FROM shop.same WHERE image = ROW(1)::shop.price'],
  ['at-most-one', 'SELECT image FROM shop.same WHERE image *= ROW(1.0)::shop.price'],
  ['at-most-one', 'SELECT price FROM shop.same WHERE price = ROW(1)::shop.price'],
  ['at-most-one', `SELECT mail FROM shop.same WHERE mail = 'A'`],
  ['at-most-one', 'SELECT mail FROM shop.same WHERE mail = $1'],
  // Texts that are the same are equal by any equality.
  ['at-most-one', `SELECT mail FROM shop.same WHERE mail::text = 'A'`],
  ['many', `SELECT plain FROM shop.same WHERE plain = 'a'`],
  ['at-most-one', `SELECT code FROM shop.same WHERE code = 'a'`],
  ['at-most-one', `SELECT code FROM shop.same WHERE code = $1`],
  ['at-most-one', `SELECT fixed FROM shop.same WHERE fixed = 'a'`],
  ['at-most-one', `SELECT list FROM shop.same WHERE list = '{1}'`],
  ['at-most-one', 'SELECT name FROM shop.people WHERE id = 1::bigint'],
  ['at-most-one', 'SELECT name FROM shop.people WHERE id = 1::smallint'],
  [
    'at-most-one',
    'SELECT a.number FROM shop.same AS a JOIN shop.same AS b ON a.number = b.number WHERE b.number = 1',
  ],
  [
    'many',
    `SELECT a.bytes FROM shop.same AS a JOIN shop.twins AS b ON a.bytes = b.loose COLLATE "C" WHERE b.loose = 'a'`,
  ],
  // Equal is not the same: what is made of equal values may differ.
  ['at-most-one', `SELECT number FROM shop.twins WHERE number = 1 GROUP BY number`],
  ['many', 'SELECT scale(number) FROM shop.twins WHERE number = 1 GROUP BY scale(number)'],
  ['many', 'SELECT DISTINCT number::text FROM shop.twins WHERE number = 1'],
  ['at-most-one', `SELECT DISTINCT loose FROM shop.twins WHERE loose = 'a'`],
  ['many', `SELECT DISTINCT loose COLLATE "C" AS word FROM shop.twins WHERE loose = 'a'`],
  ['many', `SELECT DISTINCT upper(loose) || loose COLLATE "C" AS word FROM shop.twins WHERE loose = 'a'`],
  [
    'many',
    `SELECT word FROM (SELECT DISTINCT loose COLLATE "C" AS word FROM shop.twins) AS words WHERE word = 'a' COLLATE shop.ci`,
  ],
  [
    'at-most-one',
    `SELECT word FROM (SELECT DISTINCT loose COLLATE "C" AS word FROM shop.twins) AS words WHERE word = 'a' COLLATE "C"`,
  ],
  [
    'many',
    'SELECT DISTINCT later.digits FROM shop.twins AS t, LATERAL (VALUES (scale(t.number))) AS later (digits) WHERE t.number = 1',
  ],
  [
    'at-most-one',
    'SELECT p.name, o.id FROM shop.orders AS o JOIN shop.people AS p ON p.id = o.person_id WHERE o.id = 1',
  ],
  [
    'many',
    'SELECT p.name, o.id FROM shop.orders AS o JOIN shop.people AS p ON p.id = o.person_id WHERE p.id = 1',
  ],
  [
    'at-most-one',
    'SELECT o.id FROM shop.orders AS o LEFT JOIN shop.people AS p ON p.id = o.person_id WHERE o.id = 1',
  ],
  ['many', 'SELECT o.id FROM shop.orders AS o LEFT JOIN shop.people AS p ON p.id = o.person_id AND o.id = 1'],
  [
    'many',
    'SELECT o.id FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id WHERE p.id = 1',
  ],
  [
    'many',
    'SELECT 1 FROM shop.people AS p FULL JOIN shop.orders AS o ON p.id = o.id WHERE o.id > 7 OR p.id = 1',
  ],
  ['at-most-one', 'SELECT name FROM shop.people ORDER BY name LIMIT 1'],
  ['many', 'SELECT name FROM shop.people ORDER BY name FETCH FIRST 1 ROW WITH TIES'],
  ['many', 'SELECT name FROM shop.people LIMIT $1'],
  ['many', 'SELECT name FROM shop.people LIMIT 10'],
  ['exactly-one', 'SELECT count(*) FROM shop.people'],
  ['exactly-one', 'SELECT max(id) FROM shop.people WHERE false'],
  ['at-most-one', 'SELECT count(*) FROM shop.people HAVING count(*) > 9'],
  ['at-most-one', 'SELECT count(*) FROM shop.people OFFSET 1'],
  ['many', 'SELECT count(*) FROM shop.people GROUP BY name'],
  [
    'at-most-one',
    'SELECT p.id, p.name, count(o.id) FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id WHERE p.id = 1 GROUP BY p.id, p.name',
  ],
  [
    'many',
    'SELECT p.id, o.id, count(*) FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id WHERE p.id = 1 GROUP BY p.id, o.id',
  ],
  [
    'many',
    'SELECT p.name, count(*) FROM shop.orders AS o LEFT JOIN shop.people AS p ON p.id = 1 AND o.id > 5 GROUP BY p.name',
  ],
  ['at-most-one', 'SELECT DISTINCT o.person_id FROM shop.orders AS o WHERE o.person_id = 1'],
  ['many', 'SELECT DISTINCT o.person_id FROM shop.orders AS o WHERE o.id > 1'],
  ['many', 'SELECT DISTINCT ON (id) id FROM shop.parent'],
  ['many', 'SELECT count(*) FROM shop.people GROUP BY GROUPING SETS ((), ())'],
  ['many', 'SELECT count(*) FROM shop.people WHERE id = 1 GROUP BY GROUPING SETS ((id), ())'],
  ['many', 'SELECT max(id), generate_series(1, 3) FROM shop.people'],
  ['exactly-one', 'SELECT 1 AS one'],
  ['at-most-one', `SELECT DISTINCT 1 AS one FROM (SELECT unnest('{}'::integer[])) AS nothing`],
  ['at-most-one', 'SELECT 1 AS one WHERE $1::boolean'],
  ['exactly-one', 'SELECT EXISTS (SELECT FROM shop.people) AS found'],
  ['many', 'SELECT 1 UNION SELECT 2'],
  ['exactly-one', `VALUES (1, 'a')`],
  ['many', 'VALUES (1), (2)'],
  ['at-most-one', 'SELECT n.name FROM shop.names AS n WHERE n.person = 2'],
  ['at-most-one', 'SELECT n FROM shop.counts WHERE person_id = 2'],
  ['many', 'SELECT n FROM shop.counts WHERE n = 2'],
  [
    'at-most-one',
    'WITH one AS (SELECT * FROM shop.people WHERE id = 1) SELECT o.name, b.name FROM one AS o JOIN shop.people AS b ON b.id = o.boss',
  ],
  ['at-most-one', 'SELECT s.name FROM (SELECT id, name FROM shop.people) AS s WHERE s.id = 1'],
  ['many', 'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r'],
  [
    'at-most-one',
    'SELECT p.name, c.n FROM shop.people AS p, LATERAL (SELECT count(*) AS n FROM shop.orders AS o WHERE o.person_id = p.id) AS c WHERE p.id = 1',
  ],
  [
    'many',
    'SELECT c.n FROM shop.people AS p, LATERAL (SELECT count(*) AS n FROM shop.orders AS o WHERE o.person_id = p.id AND o.id < 5) AS c GROUP BY c.n',
  ],
  ['many', 'SELECT DISTINCT c.n FROM shop.people AS p, LATERAL (SELECT (SELECT p.id + 1) AS n LIMIT 1) AS c'],
  ['many', 'SELECT DISTINCT c.n FROM shop.people AS p, LATERAL abs(p.id) AS c (n)'],
  ['many', 'SELECT DISTINCT c.n FROM shop.people AS p, LATERAL (VALUES (p.id)) AS c (n)'],
  [
    'at-most-one',
    'SELECT DISTINCT c.n FROM shop.people AS p, LATERAL (VALUES (p.id)) AS c (n) WHERE p.id = 1',
  ],
  ['many', 'SELECT n FROM generate_series(1, 3) AS n'],
  ['at-most-one', 'SELECT DISTINCT ON (person_id) id FROM shop.orders WHERE id = 1'],
  ['exactly-one', `INSERT INTO shop.people (id, name) VALUES (9, 'x') RETURNING id`],
  ['at-most-one', `INSERT INTO shop.people (id, name) VALUES (1, 'x') ON CONFLICT DO NOTHING RETURNING id`],
  ['many', `INSERT INTO shop.people (id, name) VALUES (8, 'x'), (9, 'y') RETURNING id`],
  ['many', 'INSERT INTO shop.people (id, name) SELECT id + 10, name || id FROM shop.people RETURNING id'],
  ['at-most-one', `UPDATE shop.people SET name = 'x' WHERE id = 1 RETURNING id`],
  ['many', 'UPDATE shop.people SET gone = true RETURNING id'],
  ['at-most-one', 'DELETE FROM shop.lines WHERE order_id = 1 AND number = 1 RETURNING note'],
];

let database: ScratchDatabase;
let catalogue: Catalogue;
before(async () => {
  database = await createScratchDatabase(SCHEMA);
  catalogue = await loadCatalogue(database.client);
});
after(() => database[Symbol.asyncDispose]());

suite('how many rows a query can give', () => {
  for (const [expected, statement] of CASES) {
    test(`${statement} gives ${expected}`, async () => {
      const { query, parameterTypes } = await loadQueryTree(database.client, statement);
      // What was asked of a part alone, without the WITH queries around it, says nothing of the whole.
      for (const part of walkAllNodes(query)) {
        if (part.tag === 'QUERY' && part !== query) cardinalityOf(part, catalogue);
      }
      assert.equal(cardinalityOf(query, catalogue), expected);
      if (parameterTypes.length === 0) {
        await database.client.query('BEGIN');
        let rows: readonly unknown[];
        try {
          ({ rows } = await database.client.query(statement));
        } finally {
          await database.client.query('ROLLBACK');
        }
        assert.ok(expected === 'many' || rows.length <= 1, `${rows.length} rows`);
        assert.ok(expected !== 'exactly-one' || rows.length === 1, `${rows.length} rows`);
      }
    });
  }
});
