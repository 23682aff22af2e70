import { after, suite } from 'node:test';
import { createTestDatabase, truncateSchema } from '#tests/kit/database.ts';
import { testStoredThingRepository } from '../testing/stored-thing-repository-suite.ts';
import { PgStoredThingRepository } from './pg-stored-thing-repository.ts';

suite('PgStoredThingRepository', async () => {
  const db = await createTestDatabase();
  after(async () => db[Symbol.asyncDispose]());

  testStoredThingRepository(async () => {
    await truncateSchema(db.database, 'store_room');
    return new PgStoredThingRepository(db.database);
  });
});
