import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DatabaseUnavailableError, sqlState } from '#kernel/database/database-errors.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { ask, createScoped, NEEDS_PGBOUNCER, startPooler, startReplica } from './testing/pooled-api.ts';

const TIMEOUTS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];

suite('a pool behind PgBouncer in transaction mode', NEEDS_PGBOUNCER, () => {
  test('has the time-outs that its role was given', async () => {
    await using other = await createTestDatabase();
    const name = new URL(other.url).pathname.slice(1);
    await ask(other, `ALTER ROLE api IN DATABASE ${name} SET statement_timeout TO '150ms'`);
    await using otherPooler = await startPooler(other);
    await using scoped = createScoped(otherPooler.through(other.url));
    await assert.rejects(scoped.database.query('SELECT pg_sleep(20)'), (error) => {
      assert.ok(error instanceof DatabaseUnavailableError);
      assert.equal(sqlState(error), '57014');
      return true;
    });
    await scoped.database.query('SELECT 1');
  });
});

suite('the API behind PgBouncer without DATABASE_POOLED', NEEDS_PGBOUNCER, () => {
  const cases = [
    ['refuses its start-up parameters', [], 'unsupported startup parameter: statement_timeout'],
    [
      'ignores them',
      [...TIMEOUTS, 'options'],
      'the connection goes through a pooler, which mixes up prepared statements',
    ],
  ] as const;
  for (const [what, ignoredParameters, why] of cases) {
    test(`that ${what} answers 503, and says what to set`, async () => {
      await using identity = await startFakeIdentity();
      await using db = await createTestDatabase();
      await using pooler = await startPooler(db, { ignoredParameters });
      await using replica = await startReplica(identity, pooler.through(db.url));
      const token = identity.token();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => replica.call('GET', '/healthz', { token })),
      );
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([503]));
      assert.ok(
        replica
          .said()
          .includes(
            `The database (DATABASE_URL) cannot be used: ${why}; behind a pooler set DATABASE_POOLED=true. `,
          ),
        replica.said(),
      );
    });
  }
});
