import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createTestDatabase } from '#tests/kit/database.ts';
import { createAmbientDatabase } from './ambient-database.ts';

suite('the ambient database', async () => {
  const db = await createTestDatabase();
  after(() => db[Symbol.asyncDispose]());
  const database = createAmbientDatabase(db.database);
  await database.query('CREATE TABLE platform.notes (text text PRIMARY KEY)');

  const write = (text: string): Promise<unknown> =>
    database.query('INSERT INTO platform.notes VALUES ($1)', [text]);
  async function notes(prefix: string): Promise<unknown[]> {
    const { rows } = await db.database.query(
      "SELECT text FROM platform.notes WHERE text LIKE $1 || '%' ORDER BY text",
      [prefix],
    );
    return rows.map((row) => Object.values(Object(row))[0]);
  }

  test('is the database itself outside of a transaction', async () => {
    await write('a1');
    await database.transaction((transaction) =>
      transaction.query('INSERT INTO platform.notes VALUES ($1)', ['a2']),
    );
    assert.deepEqual(await notes('a'), ['a1', 'a2']);
  });

  test('does or undoes everything inside of one together', async () => {
    const failing = database.within(async () => {
      await write('b1');
      await database.transaction((transaction) =>
        transaction.query('INSERT INTO platform.notes VALUES ($1)', ['b2']),
      );
      assert.deepEqual(await notes('b'), [], 'another connection sees nothing yet');
      throw new Error('no');
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.deepEqual(await notes('b'), []);
    await database.within(async () => {
      await write('b3');
      await write('b4');
    });
    assert.deepEqual(await notes('b'), ['b3', 'b4']);
  });

  test('undoes a nested transaction alone, whatever its depth', async () => {
    await database.within(async () => {
      await write('c1');
      await database.transaction(async (transaction) => {
        await assert.rejects(
          database.transaction(() => write('c1')),
          /duplicate key/,
        );
        await transaction.query('INSERT INTO platform.notes VALUES ($1)', ['c2']);
      });
      await assert.rejects(
        database.transaction(async () => {
          await write('c3');
          throw new Error('no');
        }),
      );
    });
    assert.deepEqual(await notes('c'), ['c1', 'c2']);
  });

  test('runs nested transactions one after the other', async () => {
    await database.within(async () => {
      const results = await Promise.allSettled(
        ['d1', 'd1', 'd2', 'd2', 'd3'].map((text) => database.transaction(() => write(text))),
      );
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
      );
    });
    assert.deepEqual(await notes('d'), ['d1', 'd2', 'd3']);
  });
});
