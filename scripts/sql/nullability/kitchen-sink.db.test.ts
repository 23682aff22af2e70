import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { env } from 'node:process';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { requiredParameters } from '../parse/required-parameters.ts';
import { loadQueryTree } from '../tree/load-query-tree.ts';
import { analyseNullability } from './analyse.ts';
import type { ColumnVerdict } from './analyse.ts';

const FOLDER = new URL('../testdata/kitchen-sink/', import.meta.url);
const NAME = `nullability_${randomBytes(6).toString('hex')}`;
const MARKS = { 'not-null': '!', nullable: '?', undecided: 'u' } as const;

const server = env['TEST_DATABASE_URL'] ?? '';
const admin = new Client({ connectionString: server });
const client = new Client({ connectionString: new URL(`/${NAME}`, server || 'postgres://none').href });
let catalogue: Catalogue;

before(async () => {
  await admin.connect();
  await admin.query(`CREATE DATABASE ${NAME}`);
  await client.connect();
  await client.query(await readFile(new URL('schema.sql', FOLDER), 'utf8'));
  catalogue = await loadCatalogue(client);
});
after(async () => {
  await client.end();
  await admin.query(`DROP DATABASE ${NAME} WITH (FORCE)`);
  await admin.end();
});

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
  test('almost every column that can be null is null in some row', (context) => {
    context.diagnostic(`${unwitnessed.length} unwitnessed: ${unwitnessed.join(', ')}`);
    assert.ok(unwitnessed.length < queries.length / 10);
  });
});

async function judge(query: SqlQuery): Promise<readonly ColumnVerdict[]> {
  const tree = await loadQueryTree(client, query.statement);
  return analyseNullability({ tree, catalogue, requiredParameters: requiredParameters(query) });
}

async function run(query: SqlQuery): Promise<readonly (readonly unknown[])[]> {
  await client.query('BEGIN');
  try {
    const values = JSON.parse(expectation(query, 'values') ?? '[]');
    // Values stay text: JSON's null is a value here.
    const result = await client.query({
      text: query.statement,
      values,
      rowMode: 'array',
      types: { getTypeParser: () => String },
    });
    return result.rows;
  } finally {
    await client.query('ROLLBACK');
  }
}

function expectation(query: SqlQuery, key: string): string | undefined {
  return new RegExp(`^-- ${key}: (.*)$`, 'm').exec(query.statement)?.[1];
}
