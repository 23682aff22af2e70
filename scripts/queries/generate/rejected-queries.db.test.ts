import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { generateNotes } from './testing/notes-project.ts';

async function rejected(sql: string): Promise<readonly string[]> {
  const result = await generateNotes({ 'sql/notes/pages.sql': sql });
  assert.ok(!result.ok, 'it was accepted');
  return result.diagnostics.map(
    ({ rule, message, at }) => `${at.file}:${at.line}:${at.column} ${rule}: ${message}`,
  );
}

suite('the query stage', () => {
  test('reports every mistake of every file at once, sorted by place', async () => {
    const result = await generateNotes({
      'sql/notes/b.sql': '/* @name FindB */\nSELECT nothing FROM notes.pages WHERE id = :id!;\n',
      'sql/notes/a.sql': '/* @name FindA */\nSELECT id FROM notes.nowhere;\n\nSELECT 1 AS one;\n',
    });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.diagnostics.map(({ rule, at }) => `${at.file}:${at.line}:${at.column} ${rule}`),
      ['sql/notes/a.sql:4:1 query-name', 'sql/notes/b.sql:2:8 query-schema'],
    );
  });

  const mistakes: readonly [name: string, sql: string, diagnostics: readonly string[]][] = [
    [
      'a column that does not exist, after parameters that are longer or shorter than their placeholders',
      '/* @name FindPage */\nSELECT id\nFROM notes.pages\nWHERE id = :aRatherLongName! AND day = :d! AND titel = :x!;\n',
      [
        'sql/notes/pages.sql:4:48 query-schema: FindPage: PostgreSQL refuses it: column "titel" does not exist (SQLSTATE 42703). Perhaps you meant to reference the column "pages.title".',
      ],
    ],
    [
      'a statement that is no SQL',
      '/* @name FindPage */\nSELEC id FROM notes.pages;\n',
      ['sql/notes/pages.sql:2:1 query-syntax: PostgreSQL cannot read this: syntax error at or near "SELEC".'],
    ],
    [
      'a statement without a name',
      'SELECT 1 AS one;\n',
      ['sql/notes/pages.sql:1:1 query-name: This statement has no name: put /* @name FindThing */ above it.'],
    ],
    [
      'a file without a query',
      '/* nothing here */\n',
      [
        'sql/notes/pages.sql:2:1 query-name: The file has no query: put /* @name FindThing */ above a statement.',
      ],
    ],
    [
      'an empty file',
      '',
      [
        'sql/notes/pages.sql:1:1 query-name: The file has no query: put /* @name FindThing */ above a statement.',
      ],
    ],
    [
      'a type that has no TypeScript form',
      '/* @name FindPage */\nSELECT id, price FROM notes.pages WHERE id = :id!;\n',
      [
        'sql/notes/pages.sql:2:1 query-type: FindPage: column price has type money, which has no TypeScript form; cast it, for instance to text.',
      ],
    ],
    [
      'an enum whose value cannot be quoted',
      '/* @name FindPage */\nSELECT odd FROM notes.pages WHERE id = :id!;\n',
      [
        `sql/notes/pages.sql:2:1 query-type: FindPage: column odd has type odd with the value "it's", which cannot be quoted; cast it to text.`,
      ],
    ],
    [
      'a column without a name',
      '/* @name FindPage */\nSELECT 1 + 1 FROM notes.pages WHERE id = :id!;\n',
      ['sql/notes/pages.sql:2:1 query-type: FindPage: a column has no name; add AS name.'],
    ],
    [
      'two columns of one name',
      '/* @name FindPage */\nSELECT id, title AS id FROM notes.pages WHERE id = :id!;\n',
      ['sql/notes/pages.sql:2:1 query-type: FindPage: two columns are named id; rename one with AS.'],
    ],
    [
      'a declared parameter that is not used',
      '/* @name FindPages @param ids -> (...) */\nSELECT id FROM notes.pages;\n',
      ['sql/notes/pages.sql:1:27 query-parameter: Parameter ids is defined but never used.'],
    ],
    [
      'a column of which nothing is proven',
      '/* @name FindPage */\nSELECT notes.rank(title) AS rank FROM notes.pages WHERE id = :id!;\n',
      [
        'sql/notes/pages.sql:2:1 column-nullability: FindPage: whether column rank can be null is not clear: it is not known whether rank can return null, because PostgreSQL has not read its body: write it as BEGIN ATOMIC … END, or RETURN, instead of a string. Say it: AS "rank!" when it never is, AS "rank?" when it can be.',
      ],
    ],
    [
      'a name that promises one row where there can be several',
      '/* @name FindPage */\nSELECT id FROM notes.pages WHERE day = :day!;\n',
      [
        'sql/notes/pages.sql:2:1 query-cardinality: FindPage promises one row and can return several: filter by a unique key, aggregate, add LIMIT 1, or name it List….',
      ],
    ],
    [
      'a name that promises what the statement does not do',
      '/* @name GetPage */\nDELETE FROM notes.pages WHERE id = :id!;\n',
      [
        'sql/notes/pages.sql:2:1 query-name: GetPage is named Get and its statement is of another kind; rename it.',
      ],
    ],
    [
      'a list that is spread',
      '/* @name ListPages @param ids -> (...) */\nSELECT title FROM notes.pages WHERE id IN :ids;\n',
      [
        'sql/notes/pages.sql:2:1 query-parameter: ListPages: ids is spread into the statement, where an empty list is no SQL, and each length is another statement; write = ANY (:ids!) and remove its @param.',
      ],
    ],
    [
      'a JSON column whose comment is no type',
      '/* @name FindPage */\nSELECT misdescribed FROM notes.pages WHERE id = :id!;\n',
      [
        'sql/notes/pages.sql:2:1 query-type: FindPage: column misdescribed cannot be typed: its @json type has Date where it cannot stand.',
      ],
    ],
    [
      'two types of one name',
      `/* @name FindPage */\nSELECT mood FROM notes.pages WHERE id = :id!;\n/* @name GetMood */\n-- lint-waive foreign-schema: both moods are shown\nSELECT 'fine'::other.mood AS mood;\n`,
      [
        'sql/notes/pages.sql:5:1 query-type: GetMood: type mood would be declared as mood, which is another type of this file; cast it to text, rename the type, or put the query into a file of its own.',
      ],
    ],
    [
      'what lint finds, all of it',
      `/* @name ListPages */
SELECT * FROM pages;
/* @name ListThings */
SELECT id FROM other.things;
/* @name UpdatePages */
UPDATE notes.pages SET title = 'x';
/* @name DeletePages */
DELETE FROM notes.pages;
/* @name ListFirst */
SELECT id FROM notes.pages LIMIT 5;
/* @name ListLater */
SELECT id FROM notes.pages ORDER BY id OFFSET 5;
/* @name ListLinks */
SELECT target FROM notes.links WHERE page_id = :page!;
/* @name ListIdly */
-- lint-waive select-star: nothing to silence
SELECT id FROM notes.pages;
/* @name ListUnreasoned */
-- lint-waive select-star:
SELECT * FROM notes.links;
`,
      [
        'sql/notes/pages.sql:2:8 select-star: ListPages: Name the columns: with * the result changes when a migration adds or reorders one.',
        'sql/notes/pages.sql:2:15 query-schema: ListPages: PostgreSQL refuses it: relation "pages" does not exist (SQLSTATE 42P01).',
        "sql/notes/pages.sql:2:15 unqualified-table: ListPages: Write notes.pages: without a schema, pages is looked up in the connection's search path.",
        'sql/notes/pages.sql:4:16 foreign-schema: ListThings: other.things belongs to another module than notes: ask that module through its index.ts.',
        'sql/notes/pages.sql:6:8 change-without-where: UpdatePages: UPDATE without WHERE changes every row of pages; say which rows are meant.',
        'sql/notes/pages.sql:8:13 change-without-where: DeletePages: DELETE without WHERE changes every row of pages; say which rows are meant.',
        'sql/notes/pages.sql:10:34 limit-without-order: ListFirst: LIMIT without ORDER BY gives any rows, others each time: order by columns of which no two rows have the same.',
        'sql/notes/pages.sql:12:47 offset-pagination: ListLater: OFFSET reads every row that it skips, and repeats or loses rows when others come and go: continue after the last row of the page, WHERE (sort_key, id) > (:lastSortKey, :lastId).',
        "sql/notes/pages.sql:14:20 missing-index: ListLinks: no index serves (links.page_id = $1), so every row of notes.links is read. Add an index in a migration, or mark the table with '@small' in its comment.",
        'sql/notes/pages.sql:16:1 lint-waiver: Nothing breaks select-star here any more; remove the waiver.',
        'sql/notes/pages.sql:19:1 lint-waiver: A waiver needs its reason: `-- lint-waive select-star: why it is right here`.',
        'sql/notes/pages.sql:20:8 select-star: ListUnreasoned: Name the columns: with * the result changes when a migration adds or reorders one.',
      ],
    ],
    [
      'a name in another case, and a name twice',
      '/* @name find_page */\nSELECT 1 AS one;\n/* @name FindIt */\nSELECT 1 AS one;\n/* @name FindIt */\nSELECT 1 AS one;\n',
      [
        "sql/notes/pages.sql:2:1 query-name: The query's name find_page is not in PascalCase, as FindTicketById is.",
        'sql/notes/pages.sql:6:1 query-name: The file has two queries named FindIt.',
      ],
    ],
    [
      'a statement without an end',
      '/* @name FindIt */\nSELECT 1 AS one\n',
      ['sql/notes/pages.sql:3:1 query-syntax: The statement does not end: a semicolon is missing.'],
    ],
    [
      'a line comment between queries',
      '-- about\n/* @name FindIt */\nSELECT 1 AS one;\n',
      ['sql/notes/pages.sql:1:1 query-syntax: Between queries only /* … */ comments are allowed.'],
    ],
    [
      'characters that PgTyped miscounts',
      `/* @name FindIt */\nSELECT '🍲' AS soup, :x::text AS x;\n`,
      [
        'sql/notes/pages.sql:2:9 query-syntax: Characters beyond U+FFFF cannot stand in a query file; pass them as parameters.',
      ],
    ],
  ];
  for (const [name, sql, diagnostics] of mistakes) {
    test(`rejects ${name}`, async () => {
      assert.deepEqual(await rejected(sql), diagnostics);
    });
  }

  test('rejects a failing migration with its place', async () => {
    const result = await generateNotes({
      'migrations/notes/00002_break.sql': '-- Up Migration\nALTER TABLE notes.pages\n  ADD note txet;\n',
      'sql/notes/pages.sql': '/* @name FindPage */\nSELECT id FROM notes.pages;\n',
    });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.diagnostics.map(({ at, rule }) => `${at.file}:${at.line}:${at.column} ${rule}`),
      ['migrations/notes/00002_break.sql:3:12 migration'],
    );
    assert.match(result.diagnostics[0]?.message ?? '', /type "txet" does not exist/);
  });
});
