import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseSyntax } from '../../sql/syntax-tree.ts';
import { parseQueryFile } from './parse-query-file.ts';

/** A statement, and its parameters; everything else of it is PostgreSQL's. */
const SPELLINGS: readonly (readonly [statement: string, parameters: string])[] = [
  // Names in quotes
  ['SELECT id AS "dc:title" FROM a.b', ''],
  ['SELECT id AS "dc:title" FROM a.b WHERE id = :id!', 'id!'],
  ['SELECT "x;y", "it\'s", "a""b", "--c", "/*d*/", "$$", ":e" FROM "A B"."c:d" WHERE id = :id', 'id'],
  ['SELECT größe, "größe", naïve AS "ñ:ü" FROM straßen WHERE größe > :min!', 'min!'],
  ['SELECT U&"d\\0061t\\+000061:x" AS one', ''],
  ['SELECT a."b:c".d FROM a WHERE a."b:c" = :x!::"my:type"', 'x!'],
  // Texts
  ["SELECT 'a:b', 'it''s :no', ':a', ';', '--', '/*' AS t WHERE :yes!", 'yes!'],
  ["SELECT a LIKE 'a\\_%' ESCAPE '\\' AS t, :x!::text AS x FROM b", 'x!'],
  ["SELECT E'a\\\\' AS a, E'it\\'s :no' AS b, e'\\\\:n' AS c, :x!::text AS x", 'x!'],
  ["SELECT U&'\\0061:b' AS a, B'1' AS b, X'1F' AS c, N':x' AS d, :x!::text AS x", 'x!'],
  ['SELECT $$a:b;\'"--$$ AS a, $t$:x $$ $t$ AS b, :x!::text AS x', 'x!'],
  ["SELECT 'a'\n  'b:c' AS t", ''],
  // Comments
  ['SELECT 1 AS one -- it\'s :no ; "\n, :x!::text AS x', 'x!'],
  ["SELECT /* it's :no */ 1 AS one, :x!::text AS x", 'x!'],
  ['SELECT /* a /* b ; */ :c */ 1 AS one, :x!::text AS x', 'x!'],
  ['SELECT 1 AS one /* ; */, :x!::text /* : */ AS x', 'x!'],
  // Colons
  ['SELECT arr[1:id] FROM a', ''],
  [
    'SELECT arr[1:id], arr[:id!], arr[lo:hi], arr[(lo):hi], arr[f(x):hi], arr[a[1]:hi], arr["x":hi] FROM a',
    'id!',
  ],
  ['SELECT arr[:lo!::int::int], arr[:lo! : :hi!] FROM a', 'lo! hi!'],
  ['SELECT arr[1::bigint:n], arr[:n], arr[:] FROM a', 'n'],
  ['SELECT arr[CASE WHEN :x! THEN 1 ELSE :y! END] FROM a', 'x! y!'],
  ["SELECT json_object('a': id, 'b' : name, :k!: :v!, 'c' VALUE :w!) AS o FROM a", 'k! v! w!'],
  ["SELECT JSON_OBJECT /* of: one */ ('a': id, 'b':name) AS o FROM a", ''],
  ["SELECT JSON_OBJECT('a':id) AS o, JSON_OBJECTAGG(key: value) AS p FROM a", ''],
  ['SELECT a::text, a :: text, (a)::b.c FROM a WHERE x=:x! AND y<:y!', 'x! y!'],
  ['SELECT f(a => :x!, b := :y!)', 'x! y!'],
  ["SELECT a ? 'b', a ?| '{c}', a @> '{}', a -> 'b:c', a #>> :path! FROM t", 'path!'],
  ['SELECT 1e5, 0x1F, 1_000, .5 FROM t LIMIT :n! OFFSET :o!', 'n! o!'],
];

/** Without comments and white space. */
function bare(text: string): string {
  return text.replaceAll(/\/\* .*? \*\/|\s+/g, '');
}

suite('every spelling of SQL', () => {
  for (const [statement, expected] of SPELLINGS) {
    test(statement.replaceAll('\n', ' '), () => {
      const { queries, diagnostics } = parseQueryFile(
        'sql/a/b.sql',
        `/* @name FindA */\n${statement};\n\n/* @name FindB */\nSELECT :b!::text AS b;\n`,
      );
      assert.deepEqual(diagnostics, []);
      const [query, next] = queries;
      assert.ok(query !== undefined && next !== undefined);
      assert.equal(
        query.parameters.map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`).join(' '),
        expected,
      );
      assert.equal(next.statement.replaceAll(/ +/g, ' '), 'SELECT $1 ::text AS b');
      assert.equal(next.at.line, statement.split('\n').length + 4);
      // Nothing but parameters and comments is written otherwise than the author did.
      const back = query.parameters.reduce(
        (text, { name, isRequired }, index) =>
          text.replaceAll(new RegExp(`\\$${index + 1}(?!\\d)`, 'g'), `:${name}${isRequired ? '!' : ''}`),
        query.statement,
      );
      assert.equal(bare(back), bare(statement.replace('/* a /* b ; */ :c */', '')));
      const parsed = parseSyntax(query.statement);
      assert.ok(parsed.ok, `${query.statement}: ${parsed.ok ? '' : parsed.message}`);
    });
  }

  test('of a parameter is that of PgTyped; another is refused where it stands', () => {
    const { diagnostics } = parseQueryFile(
      'sql/a/b.sql',
      '/* @name FindA */\nSELECT id FROM a\nWHERE n = :größe!;\n',
    );
    assert.deepEqual(
      diagnostics.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`),
      ['query-parameter 3:11'],
    );
  });

  test('that the grammar fails on has a place', () => {
    const { diagnostics } = parseQueryFile(
      'sql/a/b.sql',
      '/* @name FindA */\nSELECT 1 AS one;\n\n/* @name FindB */\n',
    );
    assert.deepEqual(
      diagnostics.map(({ rule, at }) => `${rule} ${at.line}`),
      ['query-syntax 5'],
    );
    const odd = parseQueryFile(
      'sql/a/b.sql',
      '/* @name FindA */\nSELECT 1 AS one;\n/*\n  @name FindB\n  @param x\n*/\nSELECT :x!::text AS x;\n',
    );
    assert.ok(
      odd.diagnostics.every(({ at }) => at.line >= 3) && odd.diagnostics.length > 0,
      JSON.stringify(odd.diagnostics),
    );
  });
});
