/** A connection string of another database is refused wherever one is read, before anything is opened. */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';

import { loadConfig } from '#kernel/config/load-config.ts';
import { parseDevOptions } from './dev/options.ts';
import { startDevDatabase } from './dev/start-database.ts';
import { runCommand } from './migrations/command.ts';

const ROOT = resolve(import.meta.dirname, '..');

const OTHERS = [
  'mysql://api:api_secret@127.0.0.1:3306/api',
  'mongodb://127.0.0.1/api',
  'sqlite:api.db',
  'https://127.0.0.1:5432/api',
  '127.0.0.1:5432/api',
  'api',
];

/** What a reader says of the connection string in a variable. */
type Reader = (url: string) => Promise<string> | string;

/** By the file that reads the variable. */
const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  'src/kernel/config/environment.ts': {
    DATABASE_URL: (url) => messageOf(() => loadConfig({ DATABASE_URL: url })),
  },
  'scripts/dev/options.ts': {
    DATABASE_URL: (url) =>
      messageOf(async () => {
        const options = parseDevOptions([], { DATABASE_URL: url }, ROOT);
        assert.ok(typeof options === 'object' && !('problem' in options));
        await startDevDatabase(options, AbortSignal.timeout(60_000));
      }),
  },
  'scripts/migrations/command.ts': {
    DATABASE_URL: (url) => migrate({ DATABASE_URL: url }),
    MIGRATION_DATABASE_URL: (url) =>
      migrate({ MIGRATION_DATABASE_URL: url, DATABASE_URL: 'postgres://127.0.0.1:1/api' }),
  },
};

async function messageOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return assert.fail('it is taken');
}

async function migrate(env: Readonly<Record<string, string>>): Promise<string> {
  const said: string[] = [];
  const write = (text: string): number => said.push(text);
  const code = await runCommand(['up'], env, { root: ROOT, stdout: write, stderr: write });
  assert.equal(code, 2);
  return said.join('');
}

suite('a connection string of another database', () => {
  for (const [file, variables] of Object.entries(READERS)) {
    for (const [variable, read] of Object.entries(variables)) {
      for (const url of OTHERS) {
        test(`${url} in ${variable} is refused in ${file}`, async () => {
          const said = await read(url);
          assert.match(said, new RegExp(`\\b${variable}\\b`));
          assert.match(said, /postgres:\/\/\w+:\w+@[\w.]+:5432\/\w+/);
          assert.doesNotMatch(said, /ECONNREFUSED|ENOTFOUND|at .*:\d+:\d+|mysql|mongodb/);
        });
      }
    }
  }

  test('is read nowhere else', async () => {
    const readers: string[] = [];
    for await (const file of glob(['src/**/*.ts', 'scripts/**/*.ts', 'tests/**/*.ts', 'sdk/src/**/*.ts'], {
      cwd: ROOT,
    })) {
      if (/\.test\.ts$|\/testing\/|^tests\//.test(file)) continue;
      const text = await readFile(resolve(ROOT, file), 'utf8');
      // `env['DATABASE_URL']`, and a member of the schema of the environment.
      if (/\[['"](?:MIGRATION_)?DATABASE_URL['"]\]|\b(?:MIGRATION_)?DATABASE_URL: text\(/.test(text))
        readers.push(file);
    }
    assert.deepEqual(readers.toSorted(), Object.keys(READERS).toSorted());
  });
});
