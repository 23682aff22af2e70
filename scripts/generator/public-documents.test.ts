import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';

import { compileDocument } from './contract/compile-contract.ts';
import { emitContract } from './generate.ts';
import { formatDiagnostic } from './lint/sort-diagnostics.ts';
import { checkTypes, looseTypes, PROJECT } from './testing/check-types.ts';
import type { GeneratedFile } from './write/generated-file.ts';

/** Large contracts of other people, kept out of the repository. */
const DOCUMENTS = path.resolve(PROJECT, '..', 'shared', 'corpus', 'openapi');
const isAbsent = !existsSync(DOCUMENTS) && 'the public documents are not on this machine';

/** Each document, and how many operations it must at least give: a floor on what was seen. */
const FLOORS = {
  'museum.yaml': 8,
  'figma.yaml': 40,
  'box.json': 200,
  'discord.json': 150,
  'twilio.json': 100,
} as const;

async function emitDocument(file: string): Promise<readonly GeneratedFile[]> {
  const content = await readFile(path.join(DOCUMENTS, file), 'utf8');
  const compiled = await compileDocument({ file, text: content, moduleName: path.parse(file).name });
  if (!compiled.ok) return assert.fail(compiled.diagnostics.map(formatDiagnostic).join('\n'));
  return emitContract(compiled);
}

suite('public documents', { skip: isAbsent }, () => {
  let folder: string;
  before(async () => {
    // Inside the project, so that `#kernel/*` resolves.
    await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
    folder = await mkdtemp(path.join(PROJECT, '.cache', 'public-documents-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [file, floor] of Object.entries(FLOORS)) {
    test(`${file} gives types without any`, async () => {
      const files = await emitDocument(file);
      for (const emitted of files) {
        const target = path.join(folder, path.parse(file).name, emitted.path);
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, emitted.text);
      }
      const sources = files.filter((emitted) => emitted.path.endsWith('.ts'));
      const handlers = sources.find((emitted) => emitted.path.endsWith('/handlers.ts'))?.text ?? '';
      assert.ok((handlers.match(/^ {2}\w+\(request: /gm) ?? []).length >= floor);
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
