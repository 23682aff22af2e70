import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import type { Client } from 'pg';
import { assert as assertProperty, asyncProperty } from 'fast-check';
import { cardinalityOf } from '../cardinality/cardinality.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { randomStatement } from '../testing/random-query.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import { loadQueryTree } from '../testing/load-query-tree.ts';
import { analyseNullability } from './analyse.ts';

const SCHEMA = new URL('../testdata/kitchen-sink/schema.sql', import.meta.url);

suite('random statements', () => {
  test('are never null where the verdict says so, and never give more rows than proven', async (context) => {
    await using database = await createScratchDatabase(await readFile(SCHEMA, 'utf8'));
    const { client } = database;
    const catalogue = await loadCatalogue(client);
    const seen = { 'not-null': 0, nullable: 0, undecided: 0 };
    await assertProperty(
      asyncProperty(randomStatement, async (statement) => {
        const tree = await loadQueryTree(client, statement);
        const verdicts = analyseNullability({ tree, catalogue, requiredParameters: new Set() });
        const rows = await run(client, statement);
        for (const [index, { nullability, name, reason }] of verdicts.entries()) {
          seen[nullability] += 1;
          const hasNull = rows.some((row) => row[index] === null);
          assert.ok(
            !(hasNull && nullability === 'not-null'),
            `${name} is null although ${reason}: ${statement}`,
          );
        }
        assert.ok(cardinalityOf(tree.query, catalogue) === 'many' || rows.length <= 1, statement);
      }),
      { numRuns: 500 },
    );
    context.diagnostic(JSON.stringify(seen));
    // A verdict that is always the careful one proves nothing.
    assert.ok(seen['not-null'] > 50);
    assert.equal(seen.undecided, 0);
  });
});

/** The rows that a statement gives; what it changes is undone. */
async function run(client: Client, statement: string): Promise<readonly unknown[][]> {
  await client.query('BEGIN');
  try {
    return (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows;
  } finally {
    await client.query('ROLLBACK');
  }
}
