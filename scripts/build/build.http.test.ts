import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { build, CompileError } from './build.ts';
import { isBuildFresh } from './freshness.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A project of one source file that compiles with this project's flags. */
async function createProject(context: TestContext, source: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'build-'));
  context.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'src'));
  await mkdir(join(root, 'generated'));
  await writeFile(join(root, 'src', 'main.ts'), source);
  await writeFile(join(root, 'generated', 'openapi.json'), '{}');
  for (const file of ['tsconfig.json', 'tsconfig.build.json', 'package.json'])
    await cp(join(ROOT, file), join(root, file));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Files of validators that the app and the compiled contracts of a build load, below `node_modules`. */
function loadedBy(dist: string, modules: readonly string[]): unknown {
  const script = `
    import { createRequire } from 'node:module';
    const { compiledContract } = await import('./src/kernel/contract/validation/compiled-contract.js');
    await import('./src/app.js');
    for (const name of ${JSON.stringify(modules)}) {
      const { checks } = await compiledContract({ name }, new URL('generated/', 'file://' + process.cwd() + '/'));
      checks(0, 'all')({});
    }
    const loaded = Object.keys(createRequire(process.cwd() + '/').cache);
    const names = loaded.map((file) => file.split('/node_modules/').at(-1));
    console.log(JSON.stringify(names.filter((name) => /^(?:ajv|express-openapi-validator)/.test(name)).toSorted()));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: dist,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

suite('build', () => {
  test('makes what production runs, without tests', async (context) => {
    const dist = join(ROOT, '.cache', `build-test-${process.pid}`);
    context.after(() => rm(dist, { recursive: true, force: true }));
    await build(ROOT, dist);
    const files = await readdir(dist, { recursive: true });
    for (const file of ['src/main.js', 'generated/openapi.yaml', 'generated/openapi.json', 'package.json']) {
      assert.ok(files.includes(file), file);
    }
    const contracts = files.filter((file) => file.endsWith('/contract.json'));
    assert.ok(contracts.length > 0);
    for (const file of contracts) assert.ok(files.includes(join(dirname(file), 'checks.js')), file);
    assert.deepEqual(
      files.filter((file) => /\.(test|types)\.|testing|\.ts$/.test(file)),
      [],
    );
    const { status, stderr } = spawnSync(process.execPath, [join(dist, 'src', 'main.js'), '--check-config'], {
      env: {
        DATABASE_URL: 'postgres://a@b/c',
        AUTH_JWKS_URL: 'https://a.test/b',
        AUTH_ISSUER: 'i',
        AUTH_AUDIENCE: 'a',
      },
      encoding: 'utf8',
    });
    assert.equal(stderr, 'The environment is usable.\n');
    assert.equal(status, 0);

    const folders = contracts.map((file) => basename(dirname(file)));
    assert.deepEqual(loadedBy(dist, folders), [
      'ajv-formats/dist/formats.js',
      'ajv/dist/runtime/ucs2length.js',
    ]);
  });

  test('leaves the last build alone when the sources do not compile, and shows why', async (context) => {
    const root = await createProject(context, 'export const port: number = 1;\n');
    await build(root);
    await writeFile(join(root, 'src', 'main.ts'), "export const port: number = 'x';\n");
    await assert.rejects(build(root), (error) => {
      assert.ok(error instanceof CompileError);
      assert.match(error.message, /^src\/main\.ts\(1,14\): error TS2322: /);
      return true;
    });
    assert.deepEqual((await readdir(join(root, 'dist'), { recursive: true })).toSorted(), [
      'generated',
      'generated/openapi.json',
      'package.json',
      'src',
      'src/main.js',
    ]);
    assert.deepEqual(await readdir(join(root, '.cache')), []);
  });

  test('is fresh until a source changes or goes', async (context) => {
    const root = await createProject(context, 'export const port = 1;\n');
    assert.equal(await isBuildFresh(root), false);
    await writeFile(join(root, 'src', 'gone.ts'), 'export const gone = 1;\n');
    // Older than the build by more than any file system's clock tick.
    const past = new Date(Date.now() - 60_000);
    for (const path of [
      'src/main.ts',
      'src/gone.ts',
      'src',
      'generated',
      'generated/openapi.json',
      'package.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ]) {
      await utimes(join(root, path), past, past);
    }
    await build(root);
    assert.equal(await isBuildFresh(root), true);
    await rm(join(root, 'src', 'gone.ts'));
    assert.equal(await isBuildFresh(root), false);
  });
});
