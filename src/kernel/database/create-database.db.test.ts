import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Client } from 'pg';
import { createTestDatabase } from '#tests/kit/database.ts';
import type { TestDatabase } from '#tests/kit/database.ts';
import { createDatabase } from './create-database.ts';
import { DatabaseUnavailableError, constraintViolation, sqlState } from './database-errors.ts';
import type { Database, Queryable } from './database.ts';

/** Runs statements as the superuser, to cause what a test needs. */
async function asAdmin(target: TestDatabase, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: target.adminUrl });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) {
      rows = (await client.query(statement)).rows as unknown[];
    }
    return rows;
  } finally {
    await client.end();
  }
}

/** The first row, as a record. */
async function one(queryable: Queryable, text: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await queryable.query(text, values);
  const [row] = rows;
  assert.ok(typeof row === 'object' && row !== null);
  return { ...row };
}

type Row = Readonly<Record<string, unknown>>;

async function count(queryable: Queryable, table: string): Promise<unknown> {
  return (await one(queryable, `SELECT count(*) AS count FROM ${table}`))['count'];
}

/** Adds one to a counter by reading and writing it: only isolation keeps two of these from losing one. */
function increment(database: Database, name: string): Promise<void> {
  return database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
    const { value } = await one(transaction, 'SELECT value FROM probe.counters WHERE name = $1', [name]);
    await transaction.query('UPDATE probe.counters SET value = $1 WHERE name = $2', [
      Number(value) + 1,
      name,
    ]);
  });
}

suite('the database', () => {
  let db: TestDatabase;

  before(async () => {
    db = await createTestDatabase({ poolSize: 3, acquireTimeoutMs: 1_000 });
    await db.database.query('CREATE SCHEMA probe');
    await db.database.query(
      'CREATE TABLE probe.counters (name text PRIMARY KEY, value int NOT NULL CONSTRAINT counters_value_positive CHECK (value >= 0))',
    );
    await db.database.query(`CREATE TYPE probe.mood AS ENUM ('calm', 'very hungry')`);
  });

  after(async () => {
    await db[Symbol.asyncDispose]();
  });

  test('prepares each statement text once, on the server', async () => {
    await using other = await createTestDatabase({ poolSize: 1 });
    for (const number of [1, 2, 3]) {
      await other.database.query('SELECT $1::int + 1 AS sum', [number]);
    }
    const prepared = `pg_prepared_statements WHERE statement = 'SELECT $1::int + 1 AS sum'`;
    assert.equal(await count(other.database, prepared), 1);
  });

  test('prepares nothing and sets nothing at connection when the connections are shared', async () => {
    await using pooled = await createTestDatabase({ poolSize: 1, isPooled: true, statementTimeoutMs: 1_234 });
    await pooled.database.query('SELECT 1 AS one');
    assert.equal(await count(pooled.database, 'pg_prepared_statements'), 0);
    assert.deepEqual(await one(pooled.database, 'SHOW statement_timeout'), { statement_timeout: '0' });
  });

  test('stops giving names when the texts vary without end', async () => {
    await using other = await createTestDatabase({ poolSize: 1, preparedStatementLimit: 2 });
    for (const number of [1, 2, 3, 4, 5]) {
      await other.database.query(`SELECT ${number} AS value`);
    }
    const { rows } = await other.database.query('SELECT 1 FROM pg_prepared_statements');
    assert.equal(rows.length, 2);
  });

  test('sets the time-outs of its sessions', async () => {
    const { database } = db;
    assert.deepEqual(await one(database, 'SHOW statement_timeout'), { statement_timeout: '10s' });
    assert.deepEqual(await one(database, 'SHOW lock_timeout'), { lock_timeout: '2s' });
    assert.deepEqual(await one(database, 'SHOW idle_in_transaction_session_timeout'), {
      idle_in_transaction_session_timeout: '10s',
    });
  });

  test('gives values in the form of their types, whatever its role is set to', async () => {
    await using other = await createTestDatabase({ poolSize: 1 });
    const { username: role, pathname } = new URL(other.url);
    const settings = `ALTER ROLE ${role} IN DATABASE ${pathname.slice(1)} SET`;
    await asAdmin(
      other,
      `${settings} TimeZone = 'Europe/Amsterdam'`,
      `${settings} DateStyle = 'SQL, DMY'`,
      `${settings} IntervalStyle = 'iso_8601'`,
    );
    await using fresh = createScoped(other.url);
    assert.deepEqual(
      await one(
        fresh.database,
        `SELECT timestamptz '1900-01-01 00:00:00+00' AS instant, date '2026-01-31' AS date, interval '1 day 2 hours' AS interval`,
      ),
      { instant: '1900-01-01T00:00:00.000000Z', date: '2026-01-31', interval: '1 day 02:00:00' },
    );
  });

  test('gives values whose JavaScript form loses nothing', async () => {
    await using other = await createTestDatabase({ poolSize: 1 });
    await other.database.query(`CREATE TYPE mood AS ENUM ('calm', 'very hungry')`);
    await using fresh = createScoped(other.url);
    const row = await one(
      fresh.database,
      `SELECT date '2026-03-01' AS date, time '09:30' AS time, interval '1 day 2 hours' AS interval,
              timestamptz '2026-01-31 23:59:59.000001+09' AS instant, timestamp '2026-01-31 10:00' AS local,
              12.340::numeric AS numeric, 9007199254740991::int8 AS int8, count(*) AS count,
              ARRAY['very hungry', 'calm']::mood[] AS moods, ARRAY[1.10, NULL]::numeric[] AS numerics,
              ARRAY[timestamptz '2026-01-01 00:00:00+00'] AS instants, ARRAY[1, 2]::int8[] AS longs,
              ARRAY[date '2026-03-01'] AS dates, '{"a": [1]}'::jsonb AS json`,
    );
    assert.deepEqual(row, {
      date: '2026-03-01',
      time: '09:30:00',
      interval: '1 day 02:00:00',
      instant: '2026-01-31T14:59:59.000001Z',
      local: '2026-01-31T10:00:00.000000',
      numeric: '12.340',
      int8: 9_007_199_254_740_991,
      count: 1,
      moods: ['very hungry', 'calm'],
      numerics: ['1.10', null],
      instants: ['2026-01-01T00:00:00.000000Z'],
      longs: [1, 2],
      dates: ['2026-03-01'],
      json: { a: [1] },
    });
  });

  test('refuses an int8 that a number cannot hold, and stays usable', async () => {
    await assert.rejects(db.database.query('SELECT 9007199254740993::int8 AS value'), RangeError);
    assert.deepEqual(await one(db.database, 'SELECT 1 AS one'), { one: 1 });
  });

  test('tells which constraint a statement broke', async () => {
    const error: unknown = await db.database
      .query('INSERT INTO probe.counters VALUES ($1, $2)', ['negative', -1])
      .catch((reason: unknown) => reason);
    assert.deepEqual(constraintViolation(new Error('while saving', { cause: error })), {
      kind: 'check',
      sqlState: '23514',
      constraint: 'counters_value_positive',
    });
    assert.equal(constraintViolation(new Error('other')), undefined);
  });

  test('keeps its connection after an error of a statement', async () => {
    await using other = await createTestDatabase({ poolSize: 1 });
    const first = await one(other.database, 'SELECT pg_backend_pid() AS pid');
    await assert.rejects(other.database.query('SELECT 1 / 0'), (error) => sqlState(error) === '22012');
    assert.deepEqual(await one(other.database, 'SELECT pg_backend_pid() AS pid'), first);
  });

  test('loses none of 100 parallel read-modify-write increments', async () => {
    await db.database.query(`INSERT INTO probe.counters VALUES ('increments', 0)`);
    await using wide = createScoped(db.url, {
      poolSize: 3,
      acquireTimeoutMs: 30_000,
      transactionAttempts: 50,
    });
    await Promise.all(Array.from({ length: 100 }, () => increment(wide.database, 'increments')));
    const { value } = await one(db.database, `SELECT value FROM probe.counters WHERE name = 'increments'`);
    assert.equal(value, 100);
  });

  test('runs the whole transaction again after a deadlock', async () => {
    await db.database.query(`INSERT INTO probe.counters VALUES ('left', 0), ('right', 0)`);
    const gate = Promise.withResolvers<undefined>();
    let waiting = 0;
    let attempts = 0;
    const survived = Promise.withResolvers<undefined>();
    const lockBoth = async (first: string, second: string): Promise<void> => {
      let isVictim = false;
      await db.database.transaction(async (transaction) => {
        attempts += 1;
        if (isVictim) {
          // Else it could take its row again before the survivor has woken up, and meet it in a second deadlock.
          await survived.promise;
        }
        isVictim = true;
        await transaction.query('SET LOCAL deadlock_timeout TO 50');
        await transaction.query('UPDATE probe.counters SET value = value + 1 WHERE name = $1', [first]);
        waiting += 1;
        if (waiting === 2) {
          gate.resolve(undefined);
        }
        await gate.promise;
        await transaction.query('UPDATE probe.counters SET value = value + 1 WHERE name = $1', [second]);
      });
      survived.resolve(undefined);
    };
    await asAdmin(db, 'GRANT SET ON PARAMETER deadlock_timeout TO api');
    await Promise.all([lockBoth('left', 'right'), lockBoth('right', 'left')]);
    const { rows } = await db.database.query(
      `SELECT value FROM probe.counters WHERE name IN ('left', 'right')`,
    );
    assert.deepEqual(rows, [{ value: 2 }, { value: 2 }]);
    assert.equal(attempts, 3);
  });

  test('rolls back when the work throws, and gives the error unchanged', async () => {
    const failure = new Error('the rule says no');
    await assert.rejects(
      db.database.transaction(async (transaction) => {
        await transaction.query(`INSERT INTO probe.counters VALUES ('rolled back', 1)`);
        throw failure;
      }),
      (error) => error === failure,
    );
    const { rows } = await db.database.query(`SELECT 1 FROM probe.counters WHERE name = 'rolled back'`);
    assert.deepEqual(rows, []);
  });

  test('does not call a transaction committed when a failed query in it was ignored', async () => {
    await assert.rejects(
      db.database.transaction(async (transaction) => {
        await transaction.query(`INSERT INTO probe.counters VALUES ('ignored', 1)`);
        await transaction.query('SELECT 1 / 0').catch(() => {});
      }),
      /rolled back/,
    );
  });

  test('refuses a query on a transaction that is over', async () => {
    let leaked: Queryable | undefined;
    await db.database.transaction((transaction) => {
      leaked = transaction;
      return Promise.resolve();
    });
    await assert.rejects(leaked?.query('SELECT 1') ?? Promise.resolve(), /transaction that is over/);
  });

  test('answers "unavailable" when every connection stays busy, and recovers', async () => {
    await using narrow = createScoped(db.url, { poolSize: 1, acquireTimeoutMs: 200 });
    const busy = narrow.database.query('SELECT pg_sleep(1)');
    const refused = await Promise.allSettled(
      Array.from({ length: 5 }, () => narrow.database.query('SELECT 1')),
    );
    for (const result of refused) {
      assert.equal(result.status, 'rejected');
      assert.ok(result.reason instanceof DatabaseUnavailableError);
      assert.equal(result.reason.kind, 'unavailable');
    }
    await assert.rejects(narrow.database.ping(50), DatabaseUnavailableError);
    await busy;
    await narrow.database.ping(1_000);
  });

  test('answers "unavailable" when a statement or a lock takes too long', async () => {
    await using quick = createScoped(db.url, { statementTimeoutMs: 100, lockTimeoutMs: 50 });
    await assert.rejects(quick.database.query('SELECT pg_sleep(5)'), DatabaseUnavailableError);
    await db.database.transaction(async (transaction) => {
      await transaction.query('LOCK TABLE probe.counters');
      await assert.rejects(quick.database.query('SELECT * FROM probe.counters'), DatabaseUnavailableError);
    });
    await quick.database.query('SELECT * FROM probe.counters');
  });

  test('survives the loss of idle and of busy connections', async () => {
    await using other = await createTestDatabase({ poolSize: 2 });
    const broken: Error[] = [];
    await using watched = createScoped(other.url, { onConnectionError: (error) => broken.push(error) });
    await watched.database.ping(1_000);
    const busy = watched.database.query('SELECT pg_sleep(30)');
    const inTransaction = watched.database.transaction(async (transaction) => {
      await transaction.query('SELECT 1');
      await asAdmin(
        other,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scoped' AND pid <> pg_backend_pid()`,
      );
      await transaction.query('SELECT 2');
    });
    const results = await Promise.allSettled([busy, inTransaction]);
    for (const result of results) {
      assert.equal(result.status, 'rejected');
      assert.ok(result.reason instanceof DatabaseUnavailableError);
    }
    await watched.database.ping(1_000);
  });

  test('ends a transaction that its owner forgot, without ending the process', async () => {
    await using other = createScoped(db.url, { poolSize: 1, idleInTransactionTimeoutMs: 50 });
    await assert.rejects(
      other.database.transaction(async (transaction) => {
        await transaction.query('SELECT 1');
        await new Promise((resolve) => {
          setTimeout(resolve, 300);
        });
        await transaction.query('SELECT 2');
      }),
      DatabaseUnavailableError,
    );
    await other.database.ping(1_000);
  });

  test('prepares a statement again when a migration changed its table', async () => {
    await using other = await createTestDatabase({ poolSize: 1 });
    await other.database.query('CREATE TABLE things (id int)');
    await other.database.query('SELECT * FROM things');
    await asAdmin(other, 'ALTER TABLE things ADD COLUMN note text');
    await other.database.query('SELECT * FROM things');
    await asAdmin(other, 'ALTER TABLE things ADD COLUMN more text');
    await other.database.transaction((transaction) => transaction.query('SELECT * FROM things'));
  });

  test('waits for what runs when it closes, and refuses what comes after', async () => {
    const closing = createDatabase({ url: db.url, poolSize: 2 });
    const running = one(closing, 'SELECT 7 AS seven FROM pg_sleep(0.2)');
    await closing.query('SELECT 1');
    await Promise.all([closing.close(), closing.close()]);
    assert.deepEqual(await running, { seven: 7 });
    await assert.rejects(closing.query('SELECT 1'), DatabaseUnavailableError);
  });

  test('says nothing of the connection string when it cannot connect', async () => {
    const unreachable = createDatabase({ url: 'postgres://someone:hunter2@127.0.0.1:1/api', poolSize: 1 });
    const error: unknown = await unreachable.query('SELECT 1').catch((reason: unknown) => reason);
    assert.ok(error instanceof DatabaseUnavailableError);
    assert.doesNotMatch(`${error.message} ${String(error.stack)} ${String(error.cause)}`, /hunter2|someone/);
    await unreachable.close();
  });
});

function createScoped(
  url: string,
  options: Partial<Parameters<typeof createDatabase>[0]> = {},
): AsyncDisposable & { database: ReturnType<typeof createDatabase> } {
  const database = createDatabase({ url, poolSize: 2, applicationName: 'scoped', ...options });
  return { database, [Symbol.asyncDispose]: () => database.close() };
}
