import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { createDatabase } from '#kernel/database/create-database.ts';

import { findDatabaseProblem } from './database-problem.ts';
import { findPendingMigrations, readNewestMigrations } from './pending-migrations.ts';
import { createTestDatabase } from '#tests/kit/database.ts';

suite('the problem of a database', () => {
  test('is none when every schema is there', async () => {
    await using db = await createTestDatabase();
    assert.equal(await findDatabaseProblem(db.database, ['platform']), undefined);
  });

  test('is each schema that is not there, with the command that makes it', async () => {
    await using db = await createTestDatabase();
    assert.match(
      (await findDatabaseProblem(db.database, ['platform', 'meal_plan', 'Odd "name"'])) ?? '',
      /is not migrated, it lacks the schemas Odd "name", meal_plan: npm run migrate -- up makes them\./,
    );
  });

  test('is each newest migration that it lacks, and none where nothing is written down', async () => {
    await using db = await createTestDatabase();
    const released = await readNewestMigrations();
    assert.match(released.get('platform') ?? '', /^\d{5}_\w+$/);
    assert.deepEqual(await findPendingMigrations(db.database, released), []);
    assert.equal(await findDatabaseProblem(db.database, ['platform'], released), undefined);
    const newer = new Map([
      ['platform', '99999_later'],
      ['nowhere', '00001_create_schema'],
    ]);
    assert.match(
      (await findDatabaseProblem(db.database, ['platform'], newer)) ?? '',
      /lacks migrations that this release was made with, platform 99999_later: npm run migrate -- up applies them\./,
    );
  });

  test('is why it cannot be reached, without its password', async () => {
    const database = createDatabase({ url: 'postgres://api:canary@127.0.0.1:1/api', poolSize: 1 });
    const problem = (await findDatabaseProblem(database, ['platform'])) ?? '';
    await database.close();
    assert.match(
      problem,
      /^The database \(DATABASE_URL\) cannot be used: .*ECONNREFUSED.* answered 503 until it can$/,
    );
    assert.doesNotMatch(problem, /canary/);
  });
});
