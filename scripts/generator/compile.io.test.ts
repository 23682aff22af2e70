import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';

import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { compile } from './compile.ts';
import { ownedFolders } from './layout.ts';
import { checkTypes, PROJECT } from './testing/check-types.ts';
import { corpusCase } from './testing/corpus.ts';
import { applyWrites } from './write/apply-writes.ts';
import { planWrites } from './write/plan-writes.ts';

const CASE = corpusCase('runtime-responses').root;
const layout = {
  specs: 'api/contracts',
  generated: 'src/made',
  sdk: null,
  runtime: '../../server/contract',
} as const;

suite('the compiler serves a project of another layout', () => {
  let root: string;
  before(async () => {
    await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
    root = await mkdtemp(path.join(PROJECT, '.cache', 'layout-'));
    await cp(path.join(CASE, 'specs'), path.join(root, 'api', 'contracts'), { recursive: true });
    await writeFile(path.join(root, 'redocly.yaml'), 'rules: { struct: error }\n');
    await cp(path.join(PROJECT, 'src', 'kernel', 'contract'), path.join(root, 'src', 'server', 'contract'), {
      recursive: true,
      filter: (source) => !/\.(test|types)\.ts$/.test(source),
    });
  });
  after(() => rm(root, { recursive: true }));

  test('what it makes names that project only, and compiles there', async () => {
    const compiled = await compile({ root, layout });
    assert.ok(compiled.ok);
    const roots = ownedFolders({ ...layout });
    await applyWrites(root, planWrites(compiled.files, [], roots), roots);
    for (const { path: file, text } of compiled.files) {
      assert.match(file, /^src\/made\//);
      assert.doesNotMatch(text, /#kernel|(?<!api\/contracts.*)specs\/|from specs/, file);
      assert.match(text.split('\n', 2).join('\n'), /from api\/contracts/, file);
    }
    await writeFile(
      path.join(root, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['src/made/**/*.ts'], exclude: [] }),
    );
    assert.equal(await checkTypes(path.join(root, 'tsconfig.json')), '');
  });

  test('and findings stand in its folders', async () => {
    await rename(
      path.join(root, 'api', 'contracts', 'common'),
      path.join(root, 'api', 'contracts', 'shared'),
    );
    const refused = await compile({ root, layout });
    assert.ok(!refused.ok);
    const lines = refused.diagnostics.map(formatDiagnostic);
    assert.deepEqual(
      lines.filter((line) => / specs\/|^specs\//.test(line)),
      [],
    );
    assert.ok(
      lines.includes(
        'api/contracts/shared/components.yaml:1:1 module-document: the folder api/contracts/shared is a module without a contract; write api/contracts/shared/openapi.yaml, or move this file to api/contracts/common',
      ),
      lines.join('\n'),
    );
  });
});
