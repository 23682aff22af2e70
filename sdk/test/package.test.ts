import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

const SDK = path.join(import.meta.dirname, '..');
const TSC = path.join(SDK, '..', 'node_modules', 'typescript', 'bin', 'tsc');
const run = promisify(execFile);

/** A project of somebody who installed the package. */
const consumer = await mkdtemp(path.join(tmpdir(), 'sdk-consumer-'));
after(() => rm(consumer, { recursive: true }));
const installed = path.join(consumer, 'node_modules', '@chompardo', 'sdk');
await mkdir(installed, { recursive: true });
// The optional peers, as the consumer has them.
for (const peer of ['@tanstack', '@types', 'csstype', 'msw', 'zod']) {
  await symlink(path.join(SDK, '..', 'node_modules', peer), path.join(consumer, 'node_modules', peer));
}
await tsc('-p', path.join(SDK, 'tsconfig.build.json'), '--outDir', path.join(installed, 'dist'));
await cp(path.join(SDK, 'package.json'), path.join(installed, 'package.json'));
await writeFile(path.join(consumer, 'package.json'), '{ "type": "module" }');

/** Runs the compiler; gives what it says, empty when all is well. */
async function tsc(...options: readonly string[]): Promise<string> {
  try {
    await run(process.execPath, [TSC, ...options]);
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}

async function writeConfig(module: string, moduleResolution: string): Promise<string> {
  const file = path.join(consumer, `tsconfig.${moduleResolution}.json`);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // The declarations of the package are part of what is checked.
    skipLibCheck: false,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
    module,
    moduleResolution,
    noEmit: true,
  };
  await writeFile(file, JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }));
  return file;
}

suite('the package', () => {
  test('holds all that its exports name', async () => {
    const {
      exports,
      version,
    }: { exports: Record<string, string | Record<string, string>>; version: string } = JSON.parse(
      await readFile(path.join(SDK, 'package.json'), 'utf8'),
    );
    const files = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    assert.ok(files.length >= 3);
    for (const file of files) await readFile(path.join(installed, file));
    const contract: { info: { version: string } } = JSON.parse(
      await readFile(path.join(SDK, '..', 'generated', 'openapi.json'), 'utf8'),
    );
    assert.equal(version, contract.info.version);
  });

  test('has no test in it', async () => {
    const files = await readdir(path.join(installed, 'dist'), { recursive: true });
    assert.ok(files.length > 50);
    assert.deepEqual(
      files.filter((file) => /\.(test|types)\./.test(file)),
      [],
    );
  });

  test('and every example of its README compile', async () => {
    const readme = await readFile(path.join(SDK, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/^```(tsx?)\n(.*?)^```$/gms)];
    assert.ok(examples.length >= 6);
    await Promise.all(
      examples.map(([, kind = '', text = ''], index) =>
        writeFile(path.join(consumer, `example-${index}.${kind}`), text),
      ),
    );
    assert.equal(await tsc('-p', await writeConfig('esnext', 'bundler')), '');
  });

  test('runs in Node', async () => {
    const script = path.join(consumer, 'run.mjs');
    await writeFile(
      script,
      `import { createClient, getRecipe } from '@chompardo/sdk';
       const fetch = async (url) => Response.json({ title: url }, { headers: { etag: '"v1"' } });
       const client = createClient({ baseUrl: 'http://a.test/v1', fetch });
       const { status, data, headers } = await getRecipe({ recipeId: 'x' }, { client });
       console.log(status, data.title, headers.etag);`,
    );
    const { stdout } = await run(process.execPath, [script]);
    assert.equal(stdout, '200 http://a.test/v1/recipes/x "v1"\n');
  });
});
