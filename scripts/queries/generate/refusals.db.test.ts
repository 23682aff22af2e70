import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { main } from '../../generate/main.ts';

const MIGRATION = `-- Up Migration
CREATE SCHEMA notes;
CREATE TABLE notes.pages (id uuid PRIMARY KEY, title text NOT NULL, day date NOT NULL, price money);
CREATE FUNCTION notes.rank(title text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT length(title)';
`;

/** What the command says of a project with these files, its exit code, and what is in the project afterwards. */
async function generate(files: Readonly<Record<string, string>>): Promise<{
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly generated: readonly string[];
}> {
  const root = await mkdtemp(join(tmpdir(), 'refusals-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const out: string[] = [];
    const err: string[] = [];
    const code = await main([], root, { out: (line) => out.push(line), err: (line) => err.push(line) });
    const entries = await readdir(root, { recursive: true });
    return { code, out, err, generated: entries.filter((entry) => /^(?:generated|sdk)/.test(entry)) };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

suite('npm run generate with wrong queries', () => {
  test('says all that is wrong, by file, line and column, ends with 1 and writes nothing', async () => {
    const { code, out, err, generated } = await generate({
      'migrations/notes/00001_create_schema.sql': MIGRATION,
      'sql/notes/good.sql': '/* @name FindPage */\nSELECT title FROM notes.pages WHERE id = :id!;\n',
      'sql/notes/names.sql': '/* @name find_page */\nSELECT 1 AS one;\n',
      'sql/notes/pages.sql': `/* @name FindRank */
SELECT notes.rank(title) AS rank FROM notes.pages WHERE id = :id!;
/* @name FindByDay */
SELECT id, price FROM notes.pages WHERE day = :day!;
/* @name ListAll */
SELECT titel FROM notes.pages;
`,
      'sql/notes/text.sql': '/* @name FindPage */\nSELECT 1 AS one\n',
    });
    const lines = [...out, ...err].join('\n');
    for (const [place, rule] of [
      ['sql/notes/names.sql:2:1', 'query-name'],
      ['sql/notes/pages.sql:2:1', 'column-nullability'],
      ['sql/notes/pages.sql:4:1', 'query-cardinality'],
      ['sql/notes/pages.sql:4:1', 'query-type'],
      ['sql/notes/pages.sql:4:23', 'missing-index'],
      ['sql/notes/pages.sql:6:8', 'query-schema'],
      ['sql/notes/text.sql:3:1', 'query-syntax'],
    ]) {
      assert.ok(
        lines.split('\n').some((line) => line.includes(`${place}`) && line.includes(`${rule}`)),
        `${place} ${rule} is missing in\n${lines}`,
      );
    }
    assert.doesNotMatch(lines, /good\.sql|\n\s+at /);
    assert.equal(code, 1);
    assert.deepEqual(generated, []);
  });

  test('says where a migration fails, ends with 1 and writes nothing', async () => {
    const { code, out, err, generated } = await generate({
      'migrations/notes/00001_create_schema.sql':
        '-- Up Migration\nCREATE SCHEMA notes;\nCREATE TABLE notes.a (id uid);\n',
      'sql/notes/good.sql': '/* @name GetOne */\nSELECT 1 AS one;\n',
    });
    assert.match(
      [...out, ...err].join('\n'),
      /migrations\/notes\/00001_create_schema\.sql:3:\d+.*type "uid" does not exist/,
    );
    assert.equal(code, 1);
    assert.deepEqual(generated, []);
  });
});
