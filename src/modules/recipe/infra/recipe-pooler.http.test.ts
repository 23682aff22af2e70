import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Database } from '#kernel/database/database.ts';
import { createTestDatabase, truncateSchema, type TestDatabase } from '#tests/kit/database.ts';
import { startFakeIdentity, type FakeIdentity } from '#tests/kit/identity.ts';
import {
  ask,
  createScoped,
  NEEDS_PGBOUNCER,
  SERVER_CONNECTIONS,
  startPooler,
  startReplica,
  type Replica,
  type ReplicaRequest,
} from '../../../../scripts/postgres/testing/pooled-api.ts';
import { testRecipeRepository } from '../testing/recipe-repository-suite.ts';
import { PgRecipeRepository } from './pg-recipe-repository.ts';

const DAY_SECONDS = 86_400;
const QUOTA = 60;

const TOAST = { title: 'Toast', servings: 1, ingredients: [{ name: 'bread' }], steps: ['Toast it.'] };
const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

async function read(response: Response, status: number): Promise<Record<string, unknown>> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  const body: unknown = JSON.parse(text);
  assert.ok(typeof body === 'object' && body !== null);
  return { ...body };
}

const statusesOf = (answers: readonly Response[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);

suite('two processes of the recipe API behind PgBouncer in transaction mode', NEEDS_PGBOUNCER, () => {
  const resources = new AsyncDisposableStack();
  let identity: FakeIdentity;
  let db: TestDatabase;
  let url: string;
  let replicas: readonly Replica[];

  before(async () => {
    identity = resources.use(await startFakeIdentity());
    db = resources.use(await createTestDatabase());
    url = resources.use(await startPooler(db)).through(db.url);
    const variables = {
      DATABASE_POOLED: 'true',
      RATE_LIMIT_STORE: 'postgres',
      RATE_LIMIT_REQUESTS: String(QUOTA),
      RATE_LIMIT_WINDOW_SECONDS: String(DAY_SECONDS),
    };
    replicas = [
      resources.use(await startReplica(identity, url, variables)),
      resources.use(await startReplica(identity, url, variables)),
    ];
  });

  after(() => resources.disposeAsync());

  let calls = 0;
  /** Each call goes to the other process than the last. */
  const person = (sub: string) => {
    const token = identity.token({ claims: { sub } });
    return (method: string, path: string, request: Omit<ReplicaRequest, 'token'> = {}): Promise<Response> => {
      calls += 1;
      return replicas[calls % replicas.length]!.call(method, path, { token, ...request });
    };
  };

  test('serve every operation to many people at once', async () => {
    const lives = Array.from({ length: 25 }, async (_, index) => {
      const call = person(`cook-${index}`);
      const tags = [`tag-${index}`, 'shared'];
      const created = await call('POST', '/recipes', {
        json: { ...TOAST, tags, ingredients: [{ name: 'bread', quantity: '1.50', unit: 'kg' }] },
      });
      const path = created.headers.get('location')!;
      const recipe = await read(created, 201);
      assert.deepEqual(await read(await call('GET', path), 200), recipe);
      const scaled = await read(await call('GET', `${path}/scaled?servings=3`), 200);
      assert.deepEqual(scaled['ingredients'], [
        { name: 'bread', quantity: '4.5', fraction: '9/2', unit: 'kg' },
      ]);
      const listed = await read(await call('GET', `/recipes?author=cook-${index}&q=toa&tag=shared`), 200);
      assert.equal(Array.from(Object(listed['items'])).length, 1);
      const counted = await read(await call('GET', `/recipe-tags?prefix=tag-${index}`), 200);
      assert.deepEqual(counted['items'], [{ tag: `tag-${index}`, recipes: 1 }]);
      const replaced = await call('PUT', path, { json: TOAST, headers: { 'if-match': '"v1"' } });
      assert.equal((await read(replaced, 200))['version'], 2);
      const patch = { json: { title: 'French toast' }, headers: { ...MERGE_PATCH, 'if-match': '"v2"' } };
      assert.equal((await read(await call('PATCH', path, patch), 200))['title'], 'French toast');
      assert.equal((await call('DELETE', path)).status, 204);
      assert.equal((await call('GET', path)).status, 404);
    });
    await Promise.all(lives);
    assert.deepEqual(await ask(db, 'SELECT count(*)::int FROM recipe.recipes'), [0]);
    assert.deepEqual(await ask(db, 'SELECT count(*)::int FROM recipe.tag_counts'), [0]);
  });

  test('let one of forty writers win', async () => {
    const call = person('ada');
    const path = (await call('POST', '/recipes', { json: TOAST })).headers.get('location')!;
    const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        call('PATCH', path, { json: { title: `Toast ${index}` }, headers }),
      ),
    );
    assert.deepEqual(statusesOf(answers), [200, ...Array.from({ length: 39 }, () => 412)]);
    assert.equal((await read(await call('GET', path), 200))['version'], 2);
  });

  test('do the work of an idempotency key once', async () => {
    const call = person('bea');
    const request = { json: TOAST, headers: { 'idempotency-key': crypto.randomUUID() } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/recipes', request)));
    for (const { status } of answers) {
      assert.ok([201, 409].includes(status), String(status));
    }
    const again = await call('POST', '/recipes', request);
    const locations = [...answers, again]
      .filter(({ status }) => status === 201)
      .map(({ headers }) => headers.get('location'));
    assert.equal(new Set(locations).size, 1);
    assert.deepEqual(await ask(db, `SELECT count(*)::int FROM recipe.recipes WHERE author = 'bea'`), [1]);
    assert.deepEqual(await ask(db, `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'`), [0]);
  });

  test('count a budget together', async () => {
    const call = person('greedy');
    const answers: Response[] = [];
    // In waves: a request that waits too long for its count is let through.
    for (let wave = 0; wave < 4; wave += 1) {
      answers.push(...(await Promise.all(Array.from({ length: 20 }, () => call('GET', '/recipes?limit=1')))));
    }
    const expected = [...Array.from({ length: QUOTA }, () => 200), ...Array.from({ length: 20 }, () => 429)];
    assert.deepEqual(statusesOf(answers), expected);
  });

  test('shared few connections, and prepared nothing on them', async () => {
    const backends = await ask(
      db,
      `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND usename = 'api' AND application_name = 'api'`,
    );
    assert.ok(Number(backends[0]) >= 1 && Number(backends[0]) <= SERVER_CONNECTIONS, String(backends[0]));
    await using pooled = createScoped(url);
    const prepared = await Promise.all(
      Array.from({ length: 20 }, () =>
        pooled.database.query('SELECT count(*) AS count FROM pg_prepared_statements'),
      ),
    );
    assert.ok(prepared.every(({ rows: [row] }) => Object(row).count === 0));
    for (const replica of replicas) {
      assert.doesNotMatch(replica.said(), /"level":"(?:warn|error|fatal)"/);
    }
  });
});

suite('the recipe repository behind PgBouncer in transaction mode', NEEDS_PGBOUNCER, () => {
  const resources = new AsyncDisposableStack();
  let database: Database;

  before(async () => {
    const db = resources.use(await createTestDatabase());
    const pooler = resources.use(await startPooler(db));
    ({ database } = resources.use(createScoped(pooler.through(db.url))));
  });

  after(() => resources.disposeAsync());

  testRecipeRepository(async () => {
    await truncateSchema(database, 'recipe');
    return new PgRecipeRepository(database);
  });
});
