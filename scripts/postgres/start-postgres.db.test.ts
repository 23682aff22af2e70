import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startPostgres } from './start-postgres.ts';
import type { RunningPostgres } from './start-postgres.ts';
import { startThrowawayPostgres } from './throwaway.ts';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end().catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process is gone, or gone but for its entry in the table, which is its new parent's to clear. */
async function hasEnded(pid: number): Promise<boolean> {
  if (!isAlive(pid)) {
    return true;
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
  return /^State:\s+Z/m.test(status);
}

async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'), 10);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not happen in time');
    await sleep(20);
  }
}

async function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    () => true,
  );
}

suite('the embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launcher-'));
    dataDir = join(folder, 'data');
    await chmod(folder, 0o755);
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('keeps the data of role api over a stop and a start', async () => {
    const first = await startPostgres({ dataDir, durable: true });
    await query(first.url, `CREATE TABLE kept AS SELECT 'still here' AS note`);
    await first.stop();
    await first.stop();
    assert.ok(await isMissing(join(dataDir, 'postmaster.pid')));
    const second = await startPostgres({ dataDir, durable: true });
    try {
      assert.deepEqual(await query(second.url, 'SELECT note FROM kept'), ['still here']);
      assert.deepEqual(await query(second.url, 'SHOW fsync'), ['on']);
      assert.match(second.url, /^postgres:\/\/api:api_secret@127\.0\.0\.1:\d+\/api$/);
    } finally {
      await second.stop();
    }
    assert.deepEqual(await readdir(folder), ['data']);
  });

  test('listens on loopback alone, in UTF-8 and UTC, and asks for a password', async () => {
    const server = await startPostgres({ dataDir, durable: true });
    try {
      const settings = [
        'listen_addresses',
        'unix_socket_directories',
        'server_encoding',
        'timezone',
        'lc_collate',
      ];
      const found = await query(
        server.adminUrl,
        `SELECT current_setting(name, true) FROM unnest('{${settings.join(',')}}'::text[]) AS name`,
      );
      assert.deepEqual(found.slice(0, 4), ['127.0.0.1', '', 'UTF8', 'UTC']);
      await assert.rejects(query(server.url.replace('api_secret', 'wrong'), 'SELECT 1'), /password/);
      await assert.rejects(
        query(`postgres://postgres@127.0.0.1:${server.port}/postgres`, 'SELECT 1'),
        /password/i,
      );
      assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
    } finally {
      await server.stop();
    }
  });

  test('uses a server that already runs on the folder, and leaves it running', async () => {
    const first = await startPostgres({ dataDir, durable: true });
    try {
      const second = await startPostgres({ dataDir, durable: true, port: 1 });
      assert.equal(second.reused, true);
      assert.equal(second.port, first.port);
      await second.stop();
      assert.deepEqual(await query(first.url, 'SELECT 1'), [1]);
    } finally {
      await first.stop();
    }
  });

  test('takes the wanted port when it is free and another when it is not', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    assert.ok(typeof address === 'object' && address !== null);
    const moved = await startPostgres({ dataDir, durable: true, port: address.port });
    await moved.stop();
    blocker.close();
    await once(blocker, 'close');
    assert.notEqual(moved.port, address.port);
    const wanted = await startPostgres({ dataDir, durable: true, port: address.port });
    await wanted.stop();
    assert.equal(wanted.port, address.port);
  });

  test("starts again after kill -9, and when another process has got the dead one's number", async () => {
    const first = await startPostgres({ dataDir, durable: true });
    await query(first.url, 'CREATE TABLE survives ()');
    process.kill(await serverPid(dataDir), 'SIGKILL');
    const second = await startPostgres({ dataDir, durable: true });
    assert.equal(second.reused, false);
    await query(second.url, 'TABLE survives');
    await second.stop();
    await writeFile(
      join(dataDir, 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
    );
    const third = await startPostgres({ dataDir, durable: true });
    assert.equal(third.reused, false);
    await third.stop();
  });

  test('says why when the folder cannot be used', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'a file');
    await assert.rejects(startPostgres({ dataDir: file, durable: true }), (error: Error) => {
      assert.match(error.message, /in use for something else/);
      return true;
    });
    await rm(file);
  });

  test('of two first starts at once, one makes the cluster and both get it', async () => {
    const shared = join(folder, 'shared');
    const servers = await Promise.all([
      startPostgres({ dataDir: shared, durable: true }),
      startPostgres({ dataDir: shared, durable: true }),
    ]);
    assert.deepEqual(
      servers.map(({ reused }) => reused).toSorted((left, right) => Number(left) - Number(right)),
      [false, true],
    );
    assert.equal(servers[0].port, servers[1].port);
    await Promise.all(servers.map((server: RunningPostgres) => server.stop()));
    assert.ok(await isMissing(join(shared, 'postmaster.pid')));
  });

  for (const staysSmall of [false, true]) {
    test(`removes a throwaway cluster ${staysSmall ? 'that stays small ' : ''}when it stops`, async () => {
      const server = await startThrowawayPostgres({ staysSmall });
      assert.deepEqual(await query(server.url, 'SELECT current_user::text'), ['api']);
      const pid = await serverPid(server.dataDir);
      await server.stop();
      assert.ok(await hasEnded(pid));
      assert.ok(await isMissing(server.dataDir));
    });
  }

  test('neither server nor folder outlives a starter that was killed', async () => {
    const script = `
      import { startThrowawayPostgres } from ${JSON.stringify(import.meta.resolve('./throwaway.ts'))};
      const server = await startThrowawayPostgres();
      process.stdout.write(server.dataDir);
      setInterval(() => {}, 1000);
    `;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await once(starter.stdout, 'data');
    const orphaned = String(output);
    const pid = await serverPid(orphaned);
    assert.equal(await hasEnded(pid), false);
    starter.kill('SIGKILL');
    await until(() => hasEnded(pid));
    await until(() => isMissing(orphaned));
  });

  test(
    'keeps data elsewhere for root below a folder that only root may enter, when there are no user namespaces',
    { skip: process.getuid?.() === 0 ? false : 'only root meets this' },
    async () => {
      const closed = await mkdtemp(join(folder, 'closed-'));
      const script = `
        import { startPostgres } from ${JSON.stringify(import.meta.resolve('./start-postgres.ts'))};
        const server = await startPostgres({ dataDir: ${JSON.stringify(join(closed, 'data'))}, durable: true });
        await server.stop();
        process.stdout.write(server.dataDir);
      `;
      const elsewhere = await mkdtemp(join(folder, 'elsewhere-'));
      await chmod(elsewhere, 0o755);
      const start = async (path: string): Promise<string> => {
        const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
          env: { PATH: path, TMPDIR: elsewhere },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const [output] = await once(child.stdout, 'data');
        return String(output);
      };
      const withoutUnshare = await start(elsewhere);
      assert.ok(withoutUnshare.startsWith(elsewhere));
      assert.equal(await start(elsewhere), withoutUnshare);
    },
  );
});
