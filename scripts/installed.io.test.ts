import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, suite, test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '..');
const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  await readFile(join(ROOT, 'package.json'), 'utf8'),
);
const root = await mkdtemp(join(tmpdir(), 'installed-'));
after(() => rm(root, { recursive: true }));
for (const folder of ['scripts/dev', 'scripts/start']) {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, 'main.ts'), `import 'nowhere';`);
}
await cp(join(import.meta.dirname, 'installed.mjs'), join(root, 'scripts', 'installed.mjs'));
await writeFile(
  join(root, 'package.json'),
  JSON.stringify({ dependencies: { express: '1' }, devDependencies: { yaml: '1', '@swc/core': '1' } }),
);

async function install(...names: readonly string[]): Promise<void> {
  await rm(join(root, 'node_modules'), { recursive: true, force: true });
  for (const name of names) {
    const file = join(root, 'node_modules', name, 'package.json');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '{}');
  }
}

function run(
  entry: string,
  ...flags: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(
    process.execPath,
    [...flags, '--import', './scripts/installed.mjs', `scripts/${entry}/main.ts`],
    { cwd: root, encoding: 'utf8' },
  );
}

suite('an npm script', () => {
  test('says that nothing is installed, in one line', async () => {
    await install();
    const { status, stderr } = run('dev');
    assert.equal(stderr, 'The packages are not installed, or not all of them: run npm ci.\n');
    assert.equal(status, 1);
  });

  test('says that the development packages are left out, unless production runs it', async () => {
    await install('express');
    const { status, stderr } = run('dev');
    assert.match(stderr, /^The development packages are not installed: run npm ci, without .*\n$/);
    assert.equal(status, 1);
    // It is run, and says itself what it lacks.
    assert.match(run('start').stderr, /nowhere/);
  });

  test('says that Node.js is another one than it needs', async () => {
    await install('express', 'yaml', '@swc/core');
    const { status, stderr } = run('dev', '--no-experimental-strip-types');
    assert.match(stderr, /^This needs Node\.js 24, and runs on \d+\.\d+\.\d+: .*\n$/);
    assert.equal(status, 1);
    assert.match(run('dev').stderr, /nowhere/);
  });

  test('looks before it runs anything, whichever it is', () => {
    const others = Object.entries(scripts).filter(
      ([, command]) =>
        /\bnode\b.*\.ts\b|\bturbo run\b/.test(command) &&
        !command.includes('--import ./scripts/installed.mjs '),
    );
    assert.deepEqual(others, []);
  });
});
