import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
import { bundleEntry } from './bundle.ts';

const INDEX = fileURLToPath(new URL('../src/index.ts', import.meta.url));
const SAMPLES = fileURLToPath(new URL('sample-operations.ts', import.meta.url));

/** What an app ships that calls one operation: the bar is 4 kB, minified and compressed. */
const ONE_OPERATION_GZIP_BYTES = 4096;

suite('the size of what an app ships', () => {
  test('is at most 4 kB for one operation with the runtime', async (context) => {
    const { text, sizeBytes, gzipBytes } = await bundleEntry(`
      import { createClient } from '${INDEX}';
      import { getRecipe } from '${SAMPLES}';
      getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) }).then(console.log);
    `);
    context.diagnostic(`one operation: ${sizeBytes} B minified, ${gzipBytes} B compressed`);
    assert.match(text, /getRecipe/);
    assert.ok(gzipBytes <= ONE_OPERATION_GZIP_BYTES, `${gzipBytes} B`);
  });

  test('has no operation and no feature that is not imported', async () => {
    const { text } = await bundleEntry(`
      import { createClient } from '${INDEX}';
      import { getRecipe } from '${SAMPLES}';
      getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) });
    `);
    for (const absent of ['listRecipes', 'URLSearchParams', 'Blob', 'the page names itself', 'entity tag']) {
      assert.ok(!text.includes(absent), absent);
    }
  });
});
