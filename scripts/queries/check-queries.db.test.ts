import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { checkQueries } from './check-queries.ts';
import { parseQueryFile } from './parse/parse-query-file.ts';
import type { QueryCheck } from './check-queries.ts';
import { createScratchDatabase } from './testing/scratch-database.ts';
import type { ScratchDatabase } from './testing/scratch-database.ts';

const SCHEMA = `
CREATE SCHEMA ticket;
CREATE TABLE ticket.tickets (id uuid PRIMARY KEY, author text NOT NULL, title text NOT NULL, note text, created_at timestamptz NOT NULL);
CREATE INDEX ON ticket.tickets (author, created_at, id);
CREATE TABLE ticket.steps (ticket_id uuid NOT NULL REFERENCES ticket.tickets, text text NOT NULL);
CREATE TABLE ticket.units (name text, factor numeric);
COMMENT ON TABLE ticket.units IS 'Units of measure. @small';
CREATE FUNCTION ticket.rank(title text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT length(title)';`;

let database: ScratchDatabase;
before(async () => {
  database = await createScratchDatabase(SCHEMA);
});
after(() => database[Symbol.asyncDispose]());

function check(text: string): Promise<QueryCheck> {
  return checkQueries([database.client], [parseQueryFile('sql/ticket/tickets.sql', text)]);
}

async function findings(text: string): Promise<readonly string[]> {
  const result = await check(text);
  return result.ok ? [] : result.diagnostics.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`);
}

suite('checking queries against a schema', () => {
  test('tells the columns, their types and how many rows there are', async () => {
    const result = await check(`/* @name FindTicket */
SELECT r.id, r.note, upper(r.title) AS title, count(*) OVER () AS n FROM ticket.tickets AS r WHERE r.id = :id!;
/* @name ListTickets */
SELECT id FROM ticket.tickets WHERE author = :author! ORDER BY created_at, id LIMIT :limit!;
/* @name DeleteTicket */
DELETE FROM ticket.tickets WHERE id = :id!;
`);
    assert.ok(result.ok);
    assert.deepEqual(
      result.queries.map(({ name, shape, columns }) => {
        const types = columns.map(
          ({ name: column, type, isNullable }) => `${column} ${type}${isNullable ? '?' : ''}`,
        );
        return `${name} ${shape}: ${types.join(', ')}`;
      }),
      [
        'FindTicket row-or-none: id uuid, note text?, title text, n bigint',
        'ListTickets rows: id uuid',
        'DeleteTicket count: ',
      ],
    );
  });
  test('shows where PostgreSQL refuses a statement', async () => {
    assert.deepEqual(
      await findings('/* @name FindTicket */\nSELECT id, titel\nFROM ticket.tickets WHERE id = :id!;'),
      ['query-schema 2:12'],
    );
    assert.deepEqual(await findings('/* @name FindTicket */\nSELECT id FROM ticket.cooks WHERE id = 1;'), [
      'query-schema 2:16',
    ]);
  });
  test('shows what PostgreSQL can read and not plan, and which of several statements it is', async () => {
    const result = await check(`/* @name FindTicket */
SELECT id FROM ticket.tickets WHERE id = :id!;
/* @name GetNothing */
SELECT 1 / 0 AS "nothing!";
/* @name FindNote */
SELECT note FROM ticket.tickets WHERE id = :id!;
`);
    assert.deepEqual(
      result.diagnostics.map(({ at, message }) => [at.line, message]),
      [[4, 'GetNothing: PostgreSQL refuses it: division by zero (SQLSTATE 22012).']],
    );
    assert.deepEqual(
      result.queries.map(({ name }) => name),
      ['FindTicket', 'FindNote'],
    );
  });
  test('asks when it cannot tell whether a column is null', async () => {
    const text =
      '/* @name FindTicket */\nSELECT ticket.rank(title) AS rank FROM ticket.tickets WHERE id = :id!;';
    const result = await check(text);
    assert.ok(!result.ok);
    assert.match(
      result.diagnostics[0]?.message ?? '',
      /whether column rank can be null is not clear.*AS "rank!"/,
    );
    assert.deepEqual(await findings(text.replace('AS rank', 'AS "rank!"')), []);
  });
  test('refuses a name that promises one row or another kind of statement', async () => {
    assert.deepEqual(
      await findings('/* @name FindTicket */\nSELECT id FROM ticket.tickets WHERE author = :a!;'),
      ['query-cardinality 2:1'],
    );
    assert.deepEqual(await findings('/* @name GetTicket */\nDELETE FROM ticket.tickets WHERE id = :id!;'), [
      'query-name 2:1',
    ]);
    assert.deepEqual(await findings('/* @name Ticket */\nSELECT id FROM ticket.tickets WHERE id = :id!;'), [
      'query-name 2:1',
    ]);
  });
  test('keeps the promise of a name whose check is waived, for the run time', async () => {
    const result = await check(
      `/* @name FindTicket */
-- lint-waive query-cardinality: an author has one ticket
SELECT id FROM ticket.tickets WHERE author = :author!;
`,
    );
    assert.ok(result.ok);
    assert.equal(result.queries[0]?.shape, 'row-or-none');
  });
  test('refuses a filter or join that no index serves', async () => {
    assert.deepEqual(
      await findings('/* @name ListTickets */\nSELECT id\nFROM ticket.tickets WHERE title = :title!;'),
      ['missing-index 3:6'],
    );
    assert.deepEqual(
      await findings(
        '/* @name ListTickets */\nSELECT id FROM ticket.tickets WHERE (:a::text IS NULL OR author = :a);',
      ),
      ['missing-index 2:16'],
    );
    assert.deepEqual(
      await findings(
        '/* @name ListSteps */\nSELECT r.id, s.text FROM ticket.tickets AS r JOIN ticket.steps AS s ON s.ticket_id = r.id WHERE r.id = :id!;',
      ),
      ['missing-index 2:51'],
    );
    assert.deepEqual(
      await findings('/* @name DeleteSteps */\nDELETE FROM ticket.steps WHERE ticket_id = :id!;'),
      ['missing-index 2:13'],
    );
  });
  test('finds an index for lists, filters by bounds, slices and pages, as IDIOMS.md writes them', async () => {
    assert.deepEqual(
      await findings(`/* @name ListTicketsById */
SELECT title FROM ticket.tickets WHERE id = ANY (:ids!);
/* @name ListTicketsSince */
SELECT title FROM ticket.tickets WHERE author = :author! AND created_at >= :from! AND created_at < :to!;
/* @name ListTicketsOfAuthors */
SELECT owned.title
FROM unnest(:authors!::text[]) AS slice (author)
CROSS JOIN LATERAL (
  SELECT title, created_at, id FROM ticket.tickets WHERE tickets.author = slice.author ORDER BY created_at, id LIMIT :count!
) AS owned
ORDER BY owned.created_at, owned.id
LIMIT :count!;
/* @name ListNextTickets */
SELECT id, created_at FROM ticket.tickets
WHERE author = :author! AND (created_at, id) > (:createdAt!, :id!) ORDER BY created_at, id LIMIT :count!;
/* @name InsertSteps */
INSERT INTO ticket.steps (ticket_id, text) SELECT :ticket!, step.text FROM unnest(:texts!::text[]) AS step (text);
`),
      [],
    );
  });
  test('lets small tables, whole tables and waived queries be', async () => {
    assert.deepEqual(
      await findings('/* @name ListUnits */\nSELECT factor FROM ticket.units WHERE name = :name!;'),
      [],
    );
    assert.deepEqual(await findings('/* @name ListSteps */\nSELECT text FROM ticket.steps;'), []);
    assert.deepEqual(
      await findings(
        '/* @name ListSteps */\n-- lint-waive missing-index: runs once a month, by night\nSELECT text FROM ticket.steps WHERE text = :text!;',
      ),
      [],
    );
  });
  test('reports everything at once, in the order of the file, and the unused waiver too', async () => {
    assert.deepEqual(
      await findings(`/* @name ListTickets */
-- lint-waive select-star: nothing here
SELECT id FROM ticket.tickets LIMIT 5;
/* @name FindAny */
SELECT * FROM ticket.tickets OFFSET 3;
`),
      [
        'lint-waiver 2:1',
        'limit-without-order 3:37',
        'query-cardinality 5:1',
        'select-star 5:8',
        'offset-pagination 5:37',
      ],
    );
  });
});
