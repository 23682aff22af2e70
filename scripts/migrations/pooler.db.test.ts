import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { suite, test } from 'node:test';
import { Client } from 'pg';
import { NO_PGBOUNCER, findPgbouncer, startPgbouncer } from '../postgres/testing/pgbouncer.ts';
import type { Pgbouncer, PgbouncerOptions } from '../postgres/testing/pgbouncer.ts';
import { NOTES, createProject } from './testing/migration-project.ts';
import type { MigrationProject } from './testing/migration-project.ts';

const REFUSED = {
  code: 2,
  stdout: '',
  stderr:
    'The connection goes through a pooler, which gives its locks and settings to others: set MIGRATION_DATABASE_URL to PostgreSQL itself.\n',
};

const program = await findPgbouncer();
const options = program === undefined ? { skip: NO_PGBOUNCER } : {};

function startPooler(project: MigrationProject, poolMode: PgbouncerOptions['poolMode']): Promise<Pgbouncer> {
  const passwords = { api: 'api_secret' };
  return startPgbouncer({ program: program ?? '', serverUrl: project.url, passwords, poolMode, poolSize: 2 });
}

/** Every command that connects is refused, and nothing is written. */
async function assertRefused(project: MigrationProject, url: string): Promise<void> {
  for (const args of [
    ['up'],
    ['status'],
    ['plan'],
    ['down', 'notes', '--yes'],
    ['redo', 'notes', '--yes'],
    ['baseline', 'notes', '--yes'],
  ]) {
    assert.deepEqual(await project.command(args, { DATABASE_URL: url }), REFUSED, args.join(' '));
  }
  const schemas = `SELECT count(*)::int FROM pg_namespace WHERE nspname IN ('notes', 'migrations')`;
  assert.deepEqual(await project.query(schemas), [0]);
}

/** Passes bytes on and tells each connection a process number of its own, as poolers do, or none. */
async function startFakePooler(
  url: string,
  announce: 'another' | 'none',
): Promise<AsyncDisposable & { readonly url: string }> {
  const target = new URL(url);
  const server = createServer((front) => {
    const back = connect(Number(target.port), target.hostname);
    front.pipe(back);
    back.on('data', (data) => {
      // BackendKeyData: 'K', length 12, process number, secret.
      const at = data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
      if (at < 0) {
        front.write(data);
      } else if (announce === 'another') {
        data.writeInt32BE(1, at + 5);
        front.write(data);
      } else {
        front.write(Buffer.concat([data.subarray(0, at), data.subarray(at + 13)]));
      }
    });
    for (const [socket, other] of [
      [front, back],
      [back, front],
    ] as const) {
      socket.on('close', () => other.destroy()).on('error', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pooled = new URL(url);
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  pooled.port = String(address.port);
  return {
    url: pooled.href,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

suite('migrations through PgBouncer', options, () => {
  for (const mode of ['transaction', 'session', 'statement'] as const) {
    test(`in ${mode} mode are refused, and go past it with MIGRATION_DATABASE_URL`, async () => {
      await using project = await createProject(NOTES);
      await using pooler = await startPooler(project, mode);
      const url = pooler.through(project.url);
      await assertRefused(project, url);
      const env = { DATABASE_URL: url, MIGRATION_DATABASE_URL: project.url };
      assert.equal(
        (await project.command(['up'], env)).stdout,
        'applied notes 00001_create_schema\napplied notes 00002_create_pages\nApplied 2.\n',
      );
      assert.equal((await project.command(['status'], env)).code, 0);
    });
  }

  test('would share one lock: it is given to two clients at once', async () => {
    await using project = await createProject();
    await using pooler = await startPooler(project, 'transaction');
    const clients = [1, 2].map(() => new Client({ connectionString: pooler.through(project.url) }));
    try {
      const given: unknown[] = [];
      for (const client of clients) {
        await client.connect();
        given.push((await client.query('SELECT pg_try_advisory_lock(4821907001) AS locked')).rows[0]);
      }
      assert.deepEqual(given, [{ locked: true }, { locked: true }]);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });
});

suite('migrations through a pooler', () => {
  for (const announce of ['another', 'none'] as const) {
    test(`that announces ${announce === 'none' ? 'no process' : 'a process of its own'} are refused`, async () => {
      await using project = await createProject(NOTES);
      await using pooler = await startFakePooler(project.url, announce);
      await assertRefused(project, pooler.url);
    });
  }
});
