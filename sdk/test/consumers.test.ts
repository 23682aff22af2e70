/** The package as it would be published, in the hands of those who install it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { NODE_MODULES, npm, pack, SDK, tool } from './packed.ts';

const packed = await pack();
after(() => packed[Symbol.asyncDispose]());

/** A consumer's project with the tarball installed, offline; optional peers are those of this project. */
async function install(name: string, peers: readonly string[] = []): Promise<string> {
  const folder = path.join(packed.root, name);
  await cp(path.join(SDK, 'consumers', name), folder, { recursive: true });
  await npm(['install', '--no-package-lock', '--legacy-peer-deps', packed.tarball], folder);
  for (const peer of peers) {
    const target = path.join(folder, 'node_modules', peer);
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(path.join(NODE_MODULES, peer), target);
  }
  return folder;
}

const PEERS = ['@tanstack/react-query', '@types/react', 'msw', 'zod'];

suite('the packed package', () => {
  test('has what it needs and nothing else', () => {
    for (const file of [
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/index.js',
      'src/index.ts',
    ]) {
      assert.ok(packed.files.includes(file), file);
    }
    const others = packed.files.filter(
      (file) => !/^(dist|src)\/|^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(file),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      packed.files.filter((file) => /\.(test|types)\./.test(file)),
      [],
    );
  });

  test('is faultless for publint', async () => {
    const said = await tool('publint', 'publint', ['run', '--strict', packed.tarball]);
    assert.match(said, /All good/);
  });

  test('has types that resolve, for attw', async () => {
    const said = await tool('@arethetypeswrong/cli', 'attw', [
      packed.tarball,
      '--profile',
      'esm-only',
      '--format',
      'json',
      '--quiet',
    ]).catch(String);
    assert.equal(said.trim(), '');
  });

  test('runs as a script of Node', async () => {
    const folder = await install('node-esm');
    const entries = await readdir(path.join(folder, 'node_modules'));
    assert.deepEqual(
      entries.filter((name) => !name.startsWith('.')),
      ['@chompardo'],
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs'], { cwd: folder });
    assert.equal(stdout, '200 Bearer token "v1"\ntrue 404 nobody\n');
  });

  test('is bundled by Vite for a browser, without what is not used', async () => {
    const folder = await install('vite-browser');
    await tool('vite', 'vite', ['build', '--logLevel', 'error'], folder);
    const assets = path.join(folder, 'dist', 'assets');
    const [file = ''] = await readdir(assets);
    const text = await readFile(path.join(assets, file), 'utf8');
    assert.match(text, /listRecipes/);
    assert.doesNotMatch(text, /createRecipe|URLSearchParams|entity tag/);
    assert.ok(text.length < 12_000, `${text.length} characters`);
  });

  for (const resolution of ['bundler', 'nodenext']) {
    test(`compiles strictly with the module resolution ${resolution}`, async () => {
      const folder = await install(`tsc-strict-${resolution}`, PEERS);
      assert.equal(await tool('typescript', 'tsc', ['-p', 'tsconfig.json'], folder), '');
    });
  }
});
