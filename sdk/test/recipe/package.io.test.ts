import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { createConsumer, tsc } from '../consumer-project.ts';
import { SDK } from '../packed.ts';
import { readExamples, RUNNABLE } from '../readme-examples.ts';

const run = promisify(execFile);

const project = await createConsumer();
after(() => project[Symbol.asyncDispose]());
const { folder: consumer, installed } = project;

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
    // One example is of a server.
    types: ['node'],
    jsx: 'react-jsx',
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
    const examples = (await readExamples()).filter(({ language }) => RUNNABLE.includes(language));
    assert.ok(examples.length >= 6);
    await Promise.all(
      examples.map(({ line, language, text }) =>
        writeFile(path.join(consumer, `example-${line}.${language}`), text),
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
