/** Nothing that an npm script starts tells anyone that it was started: turbo and the command of Redocly would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, cp, glob, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, suite, test } from 'node:test';

import { main as check } from './check/main.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Programs of scripts, and what keeps them from telling. Those without a switch send nothing: no word of telemetry is in their packages. */
const PROGRAMS: Readonly<Record<string, string | null>> = {
  node: null,
  npm: null,
  tsc: null,
  oxfmt: null,
  oxlint: null,
  vite: null,
};
/** Packages that tell unless a variable says not to; `files` is how a file names their command. */
const TELLING = [
  {
    name: 'turbo',
    files: /turbo\/bin\/turbo|'\.bin', 'turbo'/,
    without: /TURBO_TELEMETRY_DISABLED(?:=|: ')1/,
  },
  {
    name: '@redocly/cli',
    files: /@redocly\/cli\/bin|'\.bin', 'redocly'/,
    without: /REDOCLY_TELEMETRY: 'off'/,
  },
] as const;

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
}

async function scriptsOf(folder: string): Promise<Package['scripts']> {
  const { scripts }: Package = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
  return scripts;
}

const folder = await mkdtemp(join(tmpdir(), 'telemetry-'));
after(() => rm(folder, { recursive: true }));
const said = join(folder, 'said');
/** Instead of turbo: says what it was given not to tell. */
const SPY = `#!/usr/bin/env node
require('fs').appendFileSync(${JSON.stringify(said)}, String(process.env.TURBO_TELEMETRY_DISABLED) + '\\n');`;
for (const file of ['node_modules/turbo/bin/turbo', 'node_modules/.bin/turbo']) {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), SPY);
  await chmod(join(folder, file), 0o755);
}
await symlink(process.execPath, join(folder, 'node_modules/.bin/node'));
await mkdir(join(folder, 'scripts'));
await cp(join(ROOT, 'scripts/installed.mjs'), join(folder, 'scripts/installed.mjs'));

suite('npm scripts', () => {
  for (const workspace of ['.', 'sdk', 'examples/web']) {
    test(`of ${workspace} start nothing that tells of it`, async () => {
      for (const [name, script] of Object.entries(await scriptsOf(workspace))) {
        for (const command of script.split('&&')) {
          const words = command.trim().split(/\s+/);
          const program = words.find((word) => !/^[A-Z_]+=/.test(word)) ?? '';
          assert.ok(program in PROGRAMS, `${name} starts ${program}: does it tell anyone?`);
        }
        for (const each of TELLING) {
          if (each.files.test(script)) assert.match(script, each.without, `${name} starts ${each.name}`);
        }
      }
    });
  }

  test('of this folder give turbo the word not to tell', async () => {
    // oxlint-disable-next-line node/no-process-env -- what a script is started with
    const variables = { ...process.env };
    delete variables['TURBO_TELEMETRY_DISABLED'];
    const { build = '' } = await scriptsOf('.');
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { build }, dependencies: {}, devDependencies: {} }),
    );
    const { status, stderr } = spawnSync('npm', ['run', 'build'], {
      cwd: folder,
      env: variables,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    await check(['check:none'], folder);
    assert.equal(await readFile(said, 'utf8'), '1\n1\n');
  });

  test('and files that start such a program give it the word, each', async () => {
    const found = new Map<string, string[]>(TELLING.map(({ name }) => [name, []]));
    for await (const file of glob(['{src,scripts,tests,bench,sdk,examples}/**/*.{ts,mjs,js}'], {
      cwd: ROOT,
      exclude: (name) => name.includes('node_modules'),
    })) {
      if (resolve(ROOT, file) === import.meta.filename) continue;
      const text = await readFile(join(ROOT, file), 'utf8');
      for (const { name, files, without } of TELLING) {
        if (!files.test(text)) continue;
        found.get(name)?.push(file);
        assert.match(text, without, `${file} starts ${name}`);
      }
    }
    for (const [name, files] of found) assert.notEqual(files.length, 0, `nothing starts ${name} any more`);
  });
});
