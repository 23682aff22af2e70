import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { checkTypes, looseTypes, PROJECT } from '../testing/check-types.ts';
import { applyWrites } from '../write/apply-writes.ts';
import { hasHeader } from '../write/header.ts';
import { planWrites } from '../write/plan-writes.ts';
import { readOwned } from '../write/read-owned.ts';
import { reportStale } from '../write/report-stale.ts';
import { SDK_ROOT } from './sdk-types.ts';
import { corpus } from '../testing/corpus.ts';
import { createSdkTree, sdkOfCase } from './testing/sdk-tree.ts';

// Rewrites what is expected; read the diff before you commit it.
// oxlint-disable-next-line node/no-process-env -- a switch of the command line, not configuration
const isUpdating = process.env['UPDATE_CORPUS'] === '1';

async function operationsOf(caseName: string): Promise<string> {
  const files = await sdkOfCase(caseName);
  return files
    .filter(({ path: name }) => name.endsWith('operations.ts'))
    .map(({ text }) => text)
    .join('\n');
}

suite('the generated SDK', () => {
  test('of every accepted contract compiles with the flags of the SDK, for a browser', async () => {
    assert.ok(corpus.length >= 20);
    await using tree = await createSdkTree(corpus.map(({ name }) => name));
    assert.equal(await checkTypes(path.join(tree.root, 'tsconfig.json')), '');
  });

  test('has a header in each file, stays in its folder, and knows no type loosely', async () => {
    for (const { name } of corpus) {
      for (const file of await sdkOfCase(name)) {
        assert.ok(hasHeader(file.text), file.path);
        assert.ok(file.path.startsWith(`${SDK_ROOT}/`));
        assert.deepEqual(looseTypes(file.text), [], file.path);
        assert.doesNotMatch(file.text, /from '#/);
      }
    }
  });

  test('is the same for the same contract', async () => {
    assert.deepEqual(await sdkOfCase('crud'), await sdkOfCase('crud'));
  });

  test('knows the pages of a list by the names of the house', async () => {
    const operations = await operationsOf('paging');
    assert.match(operations, /PagedOperation<ListLinesRequest, ListLinesResponse, Line>/);
    assert.equal(
      operations.match(/page: \{ cursor: 'cursor', items: 'items', next: 'nextCursor' \}/g)?.length,
      1,
    );
    assert.equal(operations.match(/PagedOperation</g)?.length, 1);
  });

  test('of tickets is what the tests of the SDK use', async () => {
    const files = (await sdkOfCase('crud')).map(({ path: name, text }) => ({
      path: `testing/${path.posix.relative(SDK_ROOT, name)}`,
      text,
    }));
    // Beside `generated/`, so that it finds the runtime where the SDK of this project does.
    const sources = path.join(PROJECT, 'sdk', 'src');
    const owned = ['testing'];
    const plan = planWrites(files, await readOwned(sources, owned), owned);
    if (isUpdating) {
      await applyWrites(sources, plan, owned);
      await rm(path.join(sources, '.cache'), { recursive: true, force: true });
      return;
    }
    assert.equal(reportStale(plan).join('\n'), '');
    assert.equal(plan.unchanged.length, files.length);
  });

  test('sends a token to operations that take one, and to no other', async () => {
    const text = await operationsOf('kitchen-sink');
    const auth = (id: string): boolean => {
      const start = text.indexOf(`id: '${id}'`);
      return text.slice(start, text.indexOf('});', start)).includes('auth: true');
    };
    assert.deepEqual(
      [
        'securedPublic',
        'securedOptional',
        'securedScoped',
        'securedEither',
        'securedQueryKey',
        'securedCookieKey',
      ].map(auth),
      [false, true, true, true, false, false],
    );
  });
});
