import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { migrateUp } from '../../../../scripts/migrations/migrate.ts';
import { createProject, query } from '../../../../scripts/migrations/testing/migration-project.ts';
import { makeRoles } from '../../../../scripts/migrations/testing/two-roles.ts';
import { startRecipeApp } from '../testing/recipe-app.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const TOAST = {
  title: 'Toast',
  servings: 1,
  ingredients: [{ name: 'bread' }],
  steps: ['Toast it.'],
  tags: ['quick'],
};

const version = (number: number): Readonly<Record<string, string>> => ({ 'if-match': `"v${number}"` });

test('the recipe API does all of its work as a role that cannot change the schema, after its owner has migrated', async () => {
  await using project = await createProject();
  await using roles = await makeRoles(project);
  await migrateUp({ root: ROOT, url: roles.ownerUrl, log: () => {} });
  const quota = { requests: 100, windowSeconds: 3600 };
  await using app = await startRecipeApp(undefined, {
    databaseUrl: roles.appUrl,
    rateLimit: { quota, store: 'postgres' },
  });
  const ada = app.person('ada');
  const request = { json: TOAST, headers: { 'idempotency-key': crypto.randomUUID() } };
  const created = await ada('POST', '/recipes', request);
  const path = created.headers.get('location') ?? '';
  const again = await ada('POST', '/recipes', request);
  assert.deepEqual([created.status, again.status, again.headers.get('location')], [201, 201, path]);
  const patch = { 'content-type': 'application/merge-patch+json' };
  const answers = [
    await ada('GET', path),
    await ada('GET', `${path}/scaled?servings=2`),
    await ada('GET', '/recipes?q=toast&tag=quick'),
    await ada('GET', '/recipe-tags'),
    await ada('PUT', path, { json: { ...TOAST, tags: ['slow'] }, headers: version(1) }),
    await ada('PATCH', path, { json: { title: 'More toast' }, headers: { ...patch, ...version(2) } }),
    await ada('DELETE', path),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200, 204],
  );
  // It was counted, and kept, by that role.
  assert.deepEqual(
    await query(
      roles.appUrl,
      'SELECT used FROM platform.rate_limits UNION ALL SELECT count(*)::int FROM platform.idempotency_keys ORDER BY 1 DESC',
    ),
    [9, 1],
  );
  await assert.rejects(
    query(roles.appUrl, 'ALTER TABLE recipe.recipes ADD mine text'),
    /must be owner of table recipes/,
  );
});
