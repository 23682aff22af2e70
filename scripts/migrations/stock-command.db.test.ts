import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compileCache } from '#tests/kit/compile-cache.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import { HISTORY_SCHEMA, historyTable } from './history.ts';
import { withSession } from './migration-session.ts';
import { readMigrations } from './read-migrations.ts';
import type { MigrationModule } from './read-migrations.ts';
import { commandIn, createProject, query } from './testing/migration-project.ts';
import { readSchemaDump } from './verify/schema-dump.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STOCK = fileURLToPath(import.meta.resolve('node-pg-migrate/bin/node-pg-migrate'));

/** The words behind `npx` that README.md gives for a module. */
function stockArguments(module: MigrationModule): readonly string[] {
  return [
    'up',
    '-m',
    `migrations/${module.name}`,
    '--migrations-schema',
    HISTORY_SCHEMA,
    '--create-migrations-schema',
    '-t',
    historyTable(module),
  ];
}

async function runStock(url: string, module: MigrationModule): Promise<void> {
  await promisify(execFile)(process.execPath, [STOCK, ...stockArguments(module)], {
    cwd: ROOT,
    env: { ...compileCache, DATABASE_URL: url },
  });
}

suite("node-pg-migrate's own command", () => {
  test('is what README.md says to run for each module', async () => {
    const readme = await readFile(resolve(import.meta.dirname, 'README.md'), 'utf8');
    for (const module of await readMigrations(ROOT)) {
      const line = ['npx', 'node-pg-migrate', ...stockArguments(module)].join(' ');
      assert.ok(readme.includes(`\n    ${line}\n`), line);
    }
  });

  test('makes the schema that migrate makes, from the same folders; migrate goes on where it stopped', async () => {
    await using byStock = await createProject();
    await using byMigrate = await createTestDatabase();
    const modules = await readMigrations(ROOT);
    for (const module of modules) await runStock(byStock.url, module);
    const [stock, ours] = await Promise.all(
      [byStock.url, byMigrate.url].map((url) => withSession(url, readSchemaDump)),
    );
    assert.ok((stock?.size ?? 0) > 20);
    assert.deepEqual(stock, ours);

    const env = { DATABASE_URL: byStock.url };
    const status = await commandIn(ROOT, ['status', '--json'], env);
    const { migrations, problems } = JSON.parse(status.stdout);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      migrations.map(({ module, name, checksum }: Record<string, unknown>) => ({ module, name, checksum })),
      modules.flatMap((module) =>
        // Another tool wrote no checksums: that the files are as they were is not known.
        module.migrations.map(({ name }) => ({ module: module.name, name, checksum: 'unknown' })),
      ),
    );
    assert.equal(status.code, 0);
    const up = await commandIn(ROOT, ['up'], env);
    assert.match(up.stdout, /^Database: .*\nNothing to apply: the database is up to date\.\n$/);
    assert.deepEqual([up.code, up.stderr], [0, '']);

    const last = modules.at(-1);
    assert.ok(last !== undefined);
    const redone = await commandIn(ROOT, ['redo', last.name, '--yes'], env);
    assert.equal(redone.code, 0, redone.stderr);
    assert.deepEqual(await withSession(byStock.url, readSchemaDump), ours);
    const [checksum] = await query(
      byStock.url,
      `SELECT checksum FROM ${HISTORY_SCHEMA}.${historyTable(last)} ORDER BY id DESC LIMIT 1`,
    );
    assert.equal(checksum, last.migrations.at(-1)?.checksum);
  });
});
