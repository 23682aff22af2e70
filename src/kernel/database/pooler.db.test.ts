import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { testServer } from '#tests/kit/database.ts';
import { isThroughPooler } from './pooler.ts';

test('a connection straight to PostgreSQL is served by the process that pg was told of', async (context) => {
  const client = new Client({ connectionString: testServer().serverUrl });
  await client.connect();
  context.after(() => client.end());
  const isThrough = await isThroughPooler(client);
  assert.equal(
    isThrough,
    false,
    'pg no longer has the number of the process in processID: find where its new version has it, and change src/kernel/database/pooler.ts',
  );
  Object.defineProperty(client, 'processID', { value: -1 });
  assert.equal(await isThroughPooler(client), true);
});
