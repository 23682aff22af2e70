import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toSourceText } from '../../sql/source-text.ts';
import { expandVariants } from './expand-variants.ts';
import { parseQueryFile } from './parse-query-file.ts';

const FILE = 'sql/notes/pages.sql';

const LISTS = `/* @name CountPages */
SELECT count(*) AS "count!" FROM notes.pages;

/*
  @name List{found}PagesBy{order}
  @variants {order} | {key}      | {after}
            Age     | created_at | >
            Title   | title      | <
  @variants {found} | {search}
                    |
            Found   | AND title || '{key}' @@ :words!
*/
SELECT id, '{}'::text[] AS none -- ; {key}
FROM notes.pages
WHERE {key} {after} :key!
  {search}
ORDER BY {key}, id;

/* @name DeletePage */
DELETE FROM notes.pages WHERE id = :id!;
`;

suite('variants of a statement', () => {
  test('become a query for each combination of their lines, in order', () => {
    const { queries, diagnostics } = parseQueryFile(FILE, LISTS);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      queries.map(({ name }) => name),
      [
        'CountPages',
        'ListPagesByAge',
        'ListFoundPagesByAge',
        'ListPagesByTitle',
        'ListFoundPagesByTitle',
        'DeletePage',
      ],
    );
    assert.deepEqual(
      [1, 4].map((index) => queries[index]?.ast.statement.body),
      [
        `SELECT id, '{}'::text[] AS none -- ; created_at
FROM notes.pages
WHERE created_at > :key!
ORDER BY created_at, id`,
        `SELECT id, '{}'::text[] AS none -- ; title
FROM notes.pages
WHERE title < :key!
  AND title || '{key}' @@ :words!
ORDER BY title, id`,
      ],
    );
  });

  test('have the places of what was written', () => {
    const { queries } = parseQueryFile(FILE, LISTS);
    const places = queries.slice(1).map((query) => {
      const { line, column } = query.locate(query.statement.lastIndexOf('id'));
      return `${query.at.line} ${line}:${column}`;
    });
    assert.deepEqual(places, ['13 17:17', '13 17:17', '13 17:17', '13 17:17', '20 20:31']);
    const [, , found] = queries;
    assert.deepEqual(found?.locate(found.statement.indexOf('@@')), {
      file: FILE,
      line: 16,
      column: 3,
      pointer: '',
    });
  });

  test('leave a file without any as it is', () => {
    const source = toSourceText(FILE, "/* @name A */\nSELECT '{key}';\n");
    assert.deepEqual(expandVariants(source), { ok: true, source });
  });

  const WRONG: Readonly<Record<string, readonly [head: string, message: RegExp]>> = {
    'names no columns': [
      '@name ListBy{order}\n@variants order | {key}\nAge | age',
      /names its columns, each in braces/,
    ],
    'has no line': ['@name ListBy{order}\n@variants {order} | {key}', /has no variants/],
    'has a line of another length': [
      '@name ListBy{order}\n@variants {order} | {key}\nAge | age | >',
      /^The variant "Age \| age \| >" has 3 values for 2 columns\.$/,
    ],
    'makes one name': [
      '@name List\n@variants {key}\nage',
      /^All variants would have the name List: put .* as in ListBy\{key\}\.$/,
    ],
    'has a column that nothing uses': [
      '@name ListBy{order}\n@variants {order} | {key} | {kye}\nAge | age | age',
      /^Column \{kye\} of @variants is neither in @name nor in the statement\.$/,
    ],
    'has a column twice': [
      '@name ListBy{order}\n@variants {order} | {key} | {key}\nAge | age | age',
      /^Two columns of @variants are named \{key\}\.$/,
    ],
  };
  for (const [what, [head, message]] of Object.entries(WRONG)) {
    test(`is refused when it ${what}`, () => {
      const { queries, diagnostics } = parseQueryFile(
        FILE,
        `/*\n${head}\n*/\nSELECT {key} FROM notes.pages;\n`,
      );
      assert.deepEqual(queries, []);
      assert.deepEqual(
        diagnostics.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`),
        ['query-variants 3:1'],
      );
      assert.match(diagnostics[0]?.message ?? '', message);
    });
  }

  test('with the same name are two queries of one name', () => {
    const { diagnostics } = parseQueryFile(
      FILE,
      '/* @name ListBy{order}\n@variants {order} | {key}\nAge | age\nAge | title\n*/\nSELECT {key} FROM notes.pages;\n',
    );
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ['The file has two queries named ListByAge.'],
    );
  });
});
