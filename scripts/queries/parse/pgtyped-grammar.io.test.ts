import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { parseSQLFile } from '@pgtyped/parser';
import { parseAnnotatedFile } from './pgtyped-grammar.ts';

const FOLDERS = ['../../../sql/recipe/', '../testdata/kitchen-sink/'].map(
  (path) => new URL(path, import.meta.url),
);
/** Without an annotation there is no query. */
const BROKEN = [
  'SELECT 1;',
  '/* @name A */\nSELECT 1;\n/* @param */\nSELECT 2;',
  '/* @name A @param x -> (y) */ SELECT :x;',
  '/* @name A */',
];

suite("PgTyped's grammar in two stages", () => {
  test('reads every query as in one', async () => {
    let count = 0;
    for (const folder of FOLDERS) {
      for (const name of (await readdir(folder)).filter(
        (file) => file.endsWith('queries.sql') || file.startsWith('recipe'),
      )) {
        const text = await readFile(new URL(name, folder), 'utf8');
        const file = parseAnnotatedFile(text);
        assert.deepEqual(file, parseSQLFile(text), name);
        count += file.queries.length;
      }
    }
    assert.ok(count > 50);
  });
  for (const text of BROKEN) {
    test(`refuses ${JSON.stringify(text)} with the same words`, () => {
      assert.deepEqual(outcome(parseAnnotatedFile, text), outcome(parseSQLFile, text));
    });
  }
});

function outcome(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    return String(error);
  }
}
