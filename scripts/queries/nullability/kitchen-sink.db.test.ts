import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { requiredParameters } from '../parse/required-parameters.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { loadQueryTree } from '../testing/load-query-tree.ts';
import { analyseNullability } from './analyse.ts';
import type { ColumnVerdict } from './analyse.ts';

const FOLDER = new URL('../testdata/kitchen-sink/', import.meta.url);
const MARKS = { 'not-null': '!', nullable: '?', undecided: 'u' } as const;

let database: ScratchDatabase;
let catalogue: Catalogue;

before(async () => {
  database = await createScratchDatabase(await readFile(new URL('schema.sql', FOLDER), 'utf8'));
  catalogue = await loadCatalogue(database.client);
});
after(() => database[Symbol.asyncDispose]());

const text = await readFile(new URL('queries.sql', FOLDER), 'utf8');
const { queries, diagnostics } = parseQueryFile('sql/shop/queries.sql', text);
assert.deepEqual(diagnostics, []);

/** Columns that can be null, as the verdict says, and none of the data's rows is. */
const unwitnessed: string[] = [];

suite(`the types of ${queries.length} queries in ${fileURLToPath(FOLDER)}`, () => {
  for (const query of queries) {
    test(`${query.name} is null where its type says so`, async () => {
      const columns = await judge(query);
      assert.equal(
        columns.map(({ nullability }) => MARKS[nullability]).join(' '),
        expectation(query, 'verdicts'),
      );
      const rows = await run(query);
      for (const [index, column] of columns.entries()) {
        const hasNull = rows.some((row) => row[index] === null);
        assert.ok(
          !(hasNull && column.nullability === 'not-null'),
          `${query.name}.${column.name} is null at run time, although ${column.reason}`,
        );
        if (column.nullability === 'nullable' && column.hint === null && !hasNull) {
          unwitnessed.push(`${query.name}.${column.name}`);
        }
      }
    });
  }
  test('a WITH query around a query changes no verdict, and the far side of an outer join makes all nullable', async () => {
    const wrapped = queries.filter(
      ({ statement }) => !/verdicts:.*(?:\bu\b)|FOR UPDATE|AS \(DELETE|"\w+[!?]"/.test(statement),
    );
    assert.ok(wrapped.length > queries.length / 2);
    for (const query of wrapped) {
      const around = (tail: string): SqlQuery => ({
        ...query,
        statement: `WITH wrapped AS (\n${query.statement}\n) ${tail}`,
      });
      const same = await judge(around('SELECT wrapped.* FROM wrapped'));
      assert.equal(marks(same), expectation(query, 'verdicts'), query.name);
      const far = await judge(around('SELECT wrapped.* FROM (VALUES (1)) AS near LEFT JOIN wrapped ON true'));
      assert.ok(
        far.every(({ nullability }) => nullability === 'nullable'),
        query.name,
      );
    }
  });
  test('almost every column that can be null is null in some row', (context) => {
    context.diagnostic(`${unwitnessed.length} unwitnessed: ${unwitnessed.join(', ')}`);
    assert.ok(unwitnessed.length < queries.length / 10);
  });
});

function marks(columns: readonly ColumnVerdict[]): string {
  return columns.map(({ nullability }) => MARKS[nullability]).join(' ');
}

async function judge(query: SqlQuery): Promise<readonly ColumnVerdict[]> {
  const tree = await loadQueryTree(database.client, query.statement);
  return analyseNullability({ tree, catalogue, requiredParameters: requiredParameters(query) });
}

async function run(query: SqlQuery): Promise<readonly (readonly unknown[])[]> {
  await database.client.query('BEGIN');
  try {
    const values = JSON.parse(expectation(query, 'values') ?? '[]');
    // Values stay text: JSON's null is a value here.
    const result = await database.client.query({
      text: query.statement,
      values,
      rowMode: 'array',
      types: { getTypeParser: () => String },
    });
    return result.rows;
  } finally {
    await database.client.query('ROLLBACK');
  }
}

function expectation(query: SqlQuery, key: string): string | undefined {
  return new RegExp(`^-- ${key}: (.*)$`, 'm').exec(query.statement)?.[1];
}
