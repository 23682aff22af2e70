import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createTestDatabase } from '../../testing/database.ts';
import { PgRateStore } from './pg-rate-store.ts';

const HOUR_MS = 3_600_000;

suite('PgRateStore', async () => {
  const db = await createTestDatabase();
  after(() => db[Symbol.asyncDispose]());

  test('counts what several processes take together', async () => {
    const stores = [new PgRateStore(db.database), new PgRateStore(db.database)];
    // A window of ten thousand days does not end while this runs.
    const budgets = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stores[index % 2]!.take('a', 240_000 * HOUR_MS)),
    );
    assert.deepEqual(
      budgets.map(({ used }) => used).toSorted((one, other) => one - other),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const [budget] = budgets;
    assert.ok(budget!.resetMs > 0 && budget!.resetMs <= 240_000 * HOUR_MS);
    assert.equal((await stores[0]!.take('b', 240_000 * HOUR_MS)).used, 1);
  });

  test('begins anew in the next window', async () => {
    const store = new PgRateStore(db.database);
    await store.take('c', HOUR_MS);
    await db.database.query(
      "UPDATE platform.rate_limits SET window_start = window_start - 1 WHERE caller = 'c'",
    );
    assert.equal((await store.take('c', HOUR_MS)).used, 1);
  });
});
