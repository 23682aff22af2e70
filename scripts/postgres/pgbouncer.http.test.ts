import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';
import { DatabaseUnavailableError, sqlState } from '#kernel/database/database-errors.ts';
import { PgRecipeRepository } from '../../src/modules/recipe/infra/pg-recipe-repository.ts';
import { testRecipeRepository } from '../../src/modules/recipe/testing/recipe-repository-suite.ts';
import { createTestDatabase, truncateSchema, type TestDatabase } from '#tests/kit/database.ts';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import type { FakeIdentity } from '#tests/kit/identity.ts';
import { NO_PGBOUNCER, findPgbouncer, startPgbouncer } from './testing/pgbouncer.ts';
import type { Pgbouncer, PgbouncerOptions } from './testing/pgbouncer.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Far fewer than there are clients, so that each statement may meet another connection than the last. */
const SERVER_CONNECTIONS = 3;
const TIMEOUTS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
const DAY_SECONDS = 86_400;
const QUOTA = 60;

const TOAST = { title: 'Toast', servings: 1, ingredients: [{ name: 'bread' }], steps: ['Toast it.'] };
const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

const program = await findPgbouncer();
const options = program === undefined ? { skip: NO_PGBOUNCER } : {};

/** A pooler in transaction mode in front of a test's database. */
function startPooler(
  db: TestDatabase,
  more: Pick<PgbouncerOptions, 'ignoredParameters'> = {},
): Promise<Pgbouncer> {
  const passwords = { api: 'api_secret' };
  return startPgbouncer({
    program: program ?? '',
    serverUrl: db.adminUrl,
    passwords,
    poolMode: 'transaction',
    poolSize: SERVER_CONNECTIONS,
    ...more,
  });
}

/** The API as a process of its own. */
interface Replica extends AsyncDisposable {
  call(method: string, path: string, request: Request): Promise<Response>;
  /** What it has written so far. */
  said(): string;
}

interface Request {
  readonly token: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function startReplica(
  identity: FakeIdentity,
  databaseUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Replica> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PORT: '0',
      DATABASE_URL: databaseUrl,
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
      RESPONSE_VALIDATION: 'enforce',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  let port: string | undefined;
  while (port === undefined) {
    assert.equal(child.exitCode, null, output);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    port = /"port":([0-9]+).*"Serving"/.exec(output)?.[1];
  }
  return {
    call: (method, path, { token, json, headers }) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    said: () => output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null) {
        await once(child, 'exit');
      }
    },
  };
}

/** All values of all rows, as the superuser and past the pooler. */
async function ask(db: TestDatabase, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: db.adminUrl });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function read(response: Response, status: number): Promise<Record<string, unknown>> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  const body: unknown = JSON.parse(text);
  assert.ok(typeof body === 'object' && body !== null);
  return { ...body };
}

const statusesOf = (answers: readonly Response[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);

suite('two processes of the API behind PgBouncer in transaction mode', options, () => {
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
    return (method: string, path: string, request: Omit<Request, 'token'> = {}): Promise<Response> => {
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

suite('a repository behind PgBouncer in transaction mode', options, () => {
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

suite('the API behind PgBouncer without DATABASE_POOLED', options, () => {
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
        Array.from({ length: 10 }, () => replica.call('GET', '/recipes', { token })),
      );
      assert.deepEqual(new Set(statusesOf(answers)), new Set([503]));
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

function createScoped(url: string): AsyncDisposable & { readonly database: Database } {
  const database = createDatabase({ url, poolSize: 10, isPooled: true, acquireTimeoutMs: 20_000 });
  return { database, [Symbol.asyncDispose]: () => database.close() };
}
