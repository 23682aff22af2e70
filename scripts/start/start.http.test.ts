import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { compileCache } from '#tests/kit/compile-cache.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What `npm start` runs in these tests: says what it was given. */
const MAIN = `
const { A, B, NODE_ENV } = process.env;
console.log(JSON.stringify({ A, B, NODE_ENV: NODE_ENV ?? null, flags: process.argv.slice(2) }));
process.exitCode = 7;
`;

suite('npm start', () => {
  let root = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'start-'));
    await mkdir(join(root, 'src'));
    await mkdir(join(root, 'generated'));
    for (const path of [
      'scripts/start',
      'scripts/build',
      'scripts/diagnostics',
      'scripts/process',
      'tsconfig.json',
      'tsconfig.build.json',
      'package.json',
    ]) {
      await cp(join(ROOT, path), join(root, path), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    await writeFile(join(root, 'src', 'main.ts'), MAIN);
  });
  after(() => rm(root, { recursive: true, force: true }));

  const start = async (variables: Record<string, string>, ...flags: string[]) => {
    const script = join(root, 'scripts', 'start', 'main.ts');
    return promisify(execFile)(process.execPath, [script, ...flags], {
      env: { ...compileCache, ...variables },
    }).then(
      () => assert.fail('the exit code of the API is lost'),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  };

  test('builds what is missing, runs it with its arguments, and ends with its exit code', async () => {
    const { code, stdout, stderr } = await start({}, '--check-config');
    assert.match(stdout, /^built dist\/ .*\n\{"NODE_ENV":null,"flags":\["--check-config"\]\}\n$/);
    assert.equal(stderr, '');
    assert.equal(code, 7);
  });

  test('builds nothing again, and reads .env behind the environment', async () => {
    await writeFile(join(root, '.env'), 'A=file\nB=file\n');
    const { stdout } = await start({ A: 'environment' });
    assert.equal(stdout, '{"A":"environment","B":"file","NODE_ENV":null,"flags":[]}\n');
  });

  test('without a compiler runs a build that looks old, and says so, but none that is not there', async () => {
    await rm(join(root, 'node_modules'));
    try {
      await writeFile(join(root, 'src', 'main.ts'), `${MAIN}\n`);
      const shipped = await start({ A: 'environment' });
      assert.match(shipped.stderr, /^dist\/ may be older than the sources, .*\n$/);
      assert.match(shipped.stdout, /^\{"A":"environment"/);
      assert.equal(shipped.code, 7);
      await rename(join(root, 'dist'), join(root, 'dist-away'));
      const absent = await start({});
      await rename(join(root, 'dist-away'), join(root, 'dist'));
      assert.deepEqual(
        [absent.code, absent.stdout, absent.stderr],
        [
          2,
          '',
          'dist/ could not be built: the compiler is not installed: npm ci installs it, npm ci --omit=dev does not.\n',
        ],
      );
    } finally {
      await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    }
  });

  test('does not run what does not compile', async () => {
    await writeFile(join(root, 'src', 'main.ts'), 'export const port: number = "x";\n');
    const { code, stdout, stderr } = await start({});
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^src\/main\.ts\(1,14\): error TS2322: .*\nNothing was built\.\n$/);
  });
});
