/** The package as it would be published, in the hands of those who install it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { NODE_MODULES, npm, pack, SDK, tool } from '../packed.ts';

const packed = await pack();
after(() => packed[Symbol.asyncDispose]());

/** A consumer's project with the tarball unpacked where npm puts it; optional peers by their folder in this project. */
async function install(name: string, peers: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = path.join(packed.root, `${name}-${Object.values(peers).join('-').replaceAll('/', '-')}`);
  await cp(path.join(SDK, 'consumers', 'recipe', name), folder, { recursive: true });
  const installed = path.join(folder, 'node_modules', '@chompardo', 'sdk');
  await mkdir(installed, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', packed.tarball, '-C', installed, '--strip-components=1']);
  for (const [peer, source] of Object.entries(peers)) {
    const target = path.join(folder, 'node_modules', peer);
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(path.join(NODE_MODULES, source), target);
  }
  return folder;
}

function compile(folder: string, resolution: string, module: string): Promise<string> {
  const options = ['-p', 'tsconfig.json', '--moduleResolution', resolution, '--module', module];
  return tool('typescript', 'tsc', options, folder);
}

const NEWEST = {
  '@tanstack/react-query': '@tanstack/react-query',
  '@types/react': '@types/react',
  msw: 'msw',
  zod: 'zod',
};
/** The one that attw brings along: an alias of the package would take the place of `tsc`. */
const OLDEST_TYPESCRIPT = '@arethetypeswrong/core/node_modules/typescript';
const NODE_TYPES = {
  '@jest/globals': '@jest/globals',
  '@types/node': '@types/node',
  'undici-types': 'undici-types',
};
const OLDEST = { ...NEWEST, '@tanstack/react-query': 'react-query-oldest', zod: 'zod-oldest' };

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
    // By npm itself, once: it brings nothing else along.
    await rm(path.join(folder, 'node_modules'), { recursive: true });
    await npm(['install', '--no-package-lock', '--legacy-peer-deps', packed.tarball], folder);
    const entries = await readdir(path.join(folder, 'node_modules'));
    assert.deepEqual(
      entries.filter((name) => !name.startsWith('.')),
      ['@chompardo'],
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs'], { cwd: folder });
    assert.equal(stdout, '200 Bearer token "v1"\ntrue 404 nobody\nprivate unlisted public 200\n');
  });

  test('is bundled by Vite for a browser, without what is not used', async () => {
    const folder = await install('vite-browser');
    await tool('vite', 'vite', ['build', '--logLevel', 'error'], folder);
    const assets = path.join(folder, 'dist', 'assets');
    const [file = ''] = await readdir(assets);
    const text = await readFile(path.join(assets, file), 'utf8');
    assert.match(text, /listRecipes/);
    assert.doesNotMatch(text, /createRecipe|URLSearchParams|entity tag/);
    assert.ok(text.length < 12_200, `${text.length} characters`);
  });

  test('compiles strictly with the module resolutions of bundlers and of Node', async () => {
    const folder = await install('tsc-strict', NEWEST);
    assert.equal(await compile(folder, 'bundler', 'esnext'), '');
    assert.equal(await compile(folder, 'nodenext', 'nodenext'), '');
  });

  test('compiles with the oldest peers that it says to work with, and runs', async () => {
    const { peerDependencies }: { peerDependencies: Readonly<Record<string, string>> } = JSON.parse(
      await readFile(path.join(SDK, 'package.json'), 'utf8'),
    );
    for (const [peer, range] of Object.entries(peerDependencies)) {
      if (peer === 'msw') continue; // the oldest is a few patches before the one that is installed
      const source = Object.entries(OLDEST).find(([name]) => name === peer)?.[1] ?? peer;
      const { version }: { version: string } = JSON.parse(
        await readFile(path.join(NODE_MODULES, source, 'package.json'), 'utf8'),
      );
      assert.equal(range, `^${version}`, peer);
    }
    const folder = await install('tsc-strict', OLDEST);
    assert.equal(await compile(folder, 'nodenext', 'nodenext'), '');
    const script = `
      const { recipeContentSchema } = await import('@chompardo/sdk/zod');
      const form = { title: 'Soup', servings: 4, ingredients: [{ name: 'salt' }], steps: ['Cook.'] };
      console.log(recipeContentSchema.safeParse(form).success, recipeContentSchema.safeParse({}).success);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { cwd: folder },
    );
    assert.equal(stdout, 'true false\n');
  });

  test('is used on Node.js with its types alone, from CommonJS and in Jest, as the README says', async () => {
    const readme = await readFile(path.join(SDK, 'README.md'), 'utf8');
    const oldest: { version: string } = JSON.parse(
      await readFile(path.join(NODE_MODULES, OLDEST_TYPESCRIPT, 'package.json'), 'utf8'),
    );
    const named = /TypeScript (\d+\.\d+) or later/.exec(readme)?.[1];
    assert.equal(named, /^\d+\.\d+/.exec(oldest.version)?.[0]);
    const folder = await install('tsc-node', NODE_TYPES);
    const module = ['--module', 'nodenext', '--moduleResolution', 'nodenext'];
    assert.equal(await tool(OLDEST_TYPESCRIPT, 'tsc', ['-p', 'tsconfig.json', ...module], folder), '');
    assert.equal(await tool('typescript', 'tsc', ['-p', 'tsconfig.commonjs.json', ...module], folder), '');

    const { stdout } = await promisify(execFile)(process.execPath, ['required.cjs'], { cwd: folder });
    assert.equal(stdout, '200 Soup\n');

    assert.match(readme, /NODE_OPTIONS=--experimental-vm-modules npx jest/);
    const jest = path.join(NODE_MODULES, 'jest', 'bin', 'jest.js');
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['--experimental-vm-modules', jest, '--no-cache'],
      { cwd: folder },
    );
    assert.match(stderr, /Tests: +2 passed, 2 total/);
  });

  test('says which Node.js can require it', async () => {
    const { engines }: { engines: { node: string } } = JSON.parse(
      await readFile(path.join(SDK, 'package.json'), 'utf8'),
    );
    // `require` of ES modules came to 20.19 and to 22.12.
    assert.equal(engines.node, '^20.19.0 || >=22.12.0');
  });
});
