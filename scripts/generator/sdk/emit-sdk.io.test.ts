import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';

import { checkTypes, looseTypes, PROJECT } from '../testing/check-types.ts';
import { hasHeader } from '../write/header.ts';
import { SDK_ROOT } from './sdk-types.ts';
import { corpus } from '../testing/corpus.ts';
import { createSdkTree, sdkOf, sdkOfCase } from './testing/sdk-tree.ts';

/** Compiled once: it is asked for by several tests. */
const ofProject = sdkOf(PROJECT);

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
    assert.deepEqual(await sdkOf(PROJECT), await ofProject);
  });

  test('knows the pages of a list by the names of the house', async () => {
    const files = await ofProject;
    const operations =
      files.find(({ path: name }) => name === `${SDK_ROOT}/recipe/operations.ts`)?.text ?? '';
    assert.match(operations, /PagedOperation<ListRecipesRequest, ListRecipesResponse, RecipeSummary>/);
    assert.match(operations, /page: \{ cursor: 'cursor', items: 'items', next: 'nextCursor' \}/);
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
