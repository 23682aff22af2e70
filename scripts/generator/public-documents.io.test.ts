import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';

import { parse } from 'yaml';

import { compileDocument } from './contract/compile-contract.ts';
import { emitContract } from './emit/emit-contract.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { checkTypes, looseTypes, PROJECT } from './testing/check-types.ts';
import type { GeneratedFile } from './write/generated-file.ts';

/** Large contracts of other people, kept out of the repository. */
const DOCUMENTS = path.resolve(PROJECT, '..', 'shared', 'corpus', 'openapi');
const isAbsent = !existsSync(DOCUMENTS) && 'the public documents are not on this machine';

const names = isAbsent === false ? await readdir(DOCUMENTS) : [];
const documents = names.filter((name) => /\.(ya?ml|json)$/.test(name));

/** How many operations a document states, counted without the generator. TRACE is not served. */
function countOperations(text: string): number {
  const { paths }: { readonly paths: Readonly<Record<string, object>> } = parse(text);
  const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head']);
  return Object.values(paths)
    .flatMap((item) => Object.keys(item))
    .filter((key) => methods.has(key)).length;
}

async function emitDocument(file: string): Promise<readonly GeneratedFile[]> {
  const content = await readFile(path.join(DOCUMENTS, file), 'utf8');
  const compiled = await compileDocument({ file, text: content, moduleName: path.parse(file).name });
  if (!compiled.ok) return assert.fail(compiled.diagnostics.map(formatDiagnostic).join('\n'));
  return emitContract(compiled.contract, compiled.joined);
}

suite('public documents', { skip: isAbsent }, () => {
  let folder: string;
  before(async () => {
    // Inside the project, so that `#kernel/*` resolves.
    await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
    folder = await mkdtemp(path.join(PROJECT, '.cache', 'public-documents-'));
  });
  after(() => rm(folder, { recursive: true }));

  test('there are some of both versions, up to hundreds of operations', async () => {
    const texts = await Promise.all(documents.map((file) => readFile(path.join(DOCUMENTS, file), 'utf8')));
    for (const version of [/^\W*openapi\W{2,4}3\.0\./m, /^\W*openapi\W{2,4}3\.1\./m]) {
      assert.ok(
        texts.some((text) => version.test(text.slice(0, 200))),
        String(version),
      );
    }
    assert.ok(texts.some((text) => countOperations(text) >= 200));
  });

  for (const file of documents) {
    test(`${file} gives a handler for each operation, and types without any`, async () => {
      const files = await emitDocument(file);
      for (const emitted of files) {
        const target = path.join(folder, path.parse(file).name, emitted.path);
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, emitted.text);
      }
      const sources = files.filter((emitted) => emitted.path.endsWith('.ts'));
      const handlers = sources.find((emitted) => emitted.path.endsWith('/handlers.ts'))?.text ?? '';
      const stated = countOperations(await readFile(path.join(DOCUMENTS, file), 'utf8'));
      assert.ok(stated > 0);
      assert.equal((handlers.match(/^ {2}\w+\(request: /gm) ?? []).length, stated);
      assert.deepEqual(
        sources.flatMap((emitted) => looseTypes(emitted.text)),
        [],
      );
    });
  }

  test('the same document gives the same bytes', async () => {
    assert.deepEqual(await emitDocument('figma.yaml'), await emitDocument('figma.yaml'));
  });

  test('what came of them compiles with the strict flags of the project', async () => {
    const tsconfig = path.join(folder, 'tsconfig.json');
    await writeFile(
      tsconfig,
      JSON.stringify({ extends: '../../tsconfig.json', include: ['**/*.ts'], exclude: [] }),
    );
    assert.equal(await checkTypes(tsconfig), '');
  });
});
