import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createTestDatabase } from '#tests/kit/database.ts';
import { PgRateStore } from './pg-rate-store.ts';

const HOUR_MS = 3_600_000;

suite('PgRateStore', async () => {
  const db = await createTestDatabase();
  after(() => db[Symbol.asyncDispose]());

  // @requirement 59
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

  test('begins again in the next window', async () => {
    const store = new PgRateStore(db.database);
    await store.take('c', HOUR_MS);
    await db.database.query(
      "UPDATE platform.rate_limits SET window_start = window_start - 1 WHERE caller = 'c'",
    );
    assert.equal((await store.take('c', HOUR_MS)).used, 1);
  });

  // @requirement 59
  test('forgets callers whose windows are over for good, and nobody else', async () => {
    const store = new PgRateStore(db.database);
    const longestMs = 24 * HOUR_MS;
    for (const caller of ['old', 'young', 'back']) await store.take(caller, longestMs);
    await db.database.query(
      `UPDATE platform.rate_limits SET window_start = window_start - 2,
         touched_at = touched_at - CASE caller WHEN 'young' THEN interval '23 hours' ELSE interval '25 hours' END
       WHERE caller IN ('old', 'young', 'back')`,
    );
    // A caller that comes back begins a new window.
    await store.take('back', longestMs);
    await store.forgetOld();
    const { rows } = await db.database.query(
      "SELECT caller FROM platform.rate_limits WHERE caller IN ('old', 'young', 'back') ORDER BY caller",
    );
    assert.deepEqual(rows, [{ caller: 'back' }, { caller: 'young' }]);
  });

  test('does so now and then while it counts', async () => {
    const old = "INSERT INTO platform.rate_limits VALUES ('ancient', 0, 1, now() - interval '1 year')";
    await db.database.query(old);
    const store = new PgRateStore(db.database);
    const isThere = async (): Promise<boolean> => {
      const { rows } = await db.database.query(
        "SELECT caller FROM platform.rate_limits WHERE caller = 'ancient'",
      );
      return rows.length > 0;
    };
    for (let count = 1; count < 1000; count += 1) await store.take('busy', HOUR_MS);
    assert.equal(await isThere(), true);
    await store.take('busy', HOUR_MS);
    assert.equal(await isThere(), false);
  });
});
