import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { createTestDatabase, testServer } from '#tests/kit/database.ts';
import { verify } from './verify.ts';

test('the migrations of this project are safe, lead back, come up again to the same, and made the tests’ database', async () => {
  await using db = await createTestDatabase();
  const said: string[] = [];
  const problems: string[] = [];
  const code = await verify({
    root: resolve(import.meta.dirname, '../../..'),
    base: undefined,
    filesOnly: false,
    url: db.url,
    ignoreSchemas: [],
    serverUrl: testServer().serverUrl,
    print: (line) => said.push(line),
    printProblem: (line) => problems.push(line),
  });
  assert.deepEqual(problems, []);
  assert.match(said[0] ?? '', /^files: [1-9]\d* migrations of [1-9]\d* modules are safe to run$/);
  assert.deepEqual(said.slice(1), [
    'round trip: up, down and up again leads to the same schema',
    'database: it is what its migrations make',
  ]);
  assert.equal(code, 0);
});
