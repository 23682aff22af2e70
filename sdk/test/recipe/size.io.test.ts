import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { bundleEntry } from '../bundle.ts';

const HERE = import.meta.dirname;

/** What an app ships, minified and compressed: what was measured, and 2 % for what a newer compiler prints. */
const GZIP_BYTES = {
  oneOperation: 4860,
  everything: 6345,
  oneQuery: 4430,
  allQueries: 5810,
  theClass: 6250,
  oneToolQuery: 4795,
  services: 7895,
};

/** Texts of what `getRecipe` does not need: bodies, keys, cookies, charsets, streams, paging, conditions. */
const OF_OTHERS = [
  'listRecipes',
  'URLSearchParams',
  'FormData',
  'contentType',
  'getRandomValues',
  '.cookie=',
  'charset',
  'Blob',
  'the page names itself',
  'entity tag',
];

/** What an app has anyway. */
const PEERS = [
  '@tanstack/react-query',
  '@tanstack/svelte-query',
  '@tanstack/vue-query',
  'msw',
  'swr',
  'vue',
  'zod',
];

suite('the size of what an app ships', () => {
  test('is at most 4.9 kB for one operation with the runtime', async (context) => {
    const { text, sizeBytes, gzipBytes } = await bundleEntry(
      HERE,
      `
      import { createClient, getRecipe } from '../../src/index.ts';
      getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) }).then(console.log);
    `,
    );
    context.diagnostic(`one operation: ${sizeBytes} B minified, ${gzipBytes} B compressed`);
    assert.match(text, /getRecipe/);
    assert.ok(gzipBytes <= GZIP_BYTES.oneOperation, `${gzipBytes} B`);
  });

  test('is at most 6.4 kB for everything', async (context) => {
    const { sizeBytes, gzipBytes } = await bundleEntry(HERE, `export * from '../../src/index.ts';`);
    context.diagnostic(`everything: ${sizeBytes} B minified, ${gzipBytes} B compressed`);
    assert.ok(gzipBytes <= GZIP_BYTES.everything, `${gzipBytes} B`);
  });

  test('has no operation and no feature that is not imported', async () => {
    const { text } = await bundleEntry(
      HERE,
      `
      import { createClient, getRecipe } from '../../src/index.ts';
      getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) });
    `,
    );
    for (const absent of OF_OTHERS) {
      assert.ok(!text.includes(absent), absent);
    }
  });

  test('grows by little for options of TanStack Query and for the class', async (context) => {
    const react = await bundleEntry(
      HERE,
      `export { getRecipeQuery } from '../../src/react/index.ts';`,
      PEERS,
    );
    const all = await bundleEntry(HERE, `export * from '../../src/react/index.ts';`, PEERS);
    const object = await bundleEntry(HERE, `export { Chompardo } from '../../src/client/index.ts';`);
    context.diagnostic(`one query: ${react.gzipBytes} B compressed`);
    context.diagnostic(`all queries and mutations: ${all.gzipBytes} B compressed`);
    context.diagnostic(`the class: ${object.gzipBytes} B compressed`);
    assert.ok(react.gzipBytes <= GZIP_BYTES.oneQuery, `${react.gzipBytes} B`);
    assert.doesNotMatch(react.text, /listRecipes/);
    assert.ok(all.gzipBytes <= GZIP_BYTES.allQueries, `${all.gzipBytes} B`);
    assert.ok(object.gzipBytes <= GZIP_BYTES.theClass, `${object.gzipBytes} B`);
  });

  test('has of what tools print for a framework the operations that are imported', async (context) => {
    const printed = {
      vue: `export { useGetRecipe } from '../../src/vue/index.ts';`,
      swr: `export { useGetRecipe } from '../../src/swr/index.ts';`,
      svelte: `export { createGetRecipe } from '../../src/svelte/index.ts';`,
    };
    for (const [name, entry] of Object.entries(printed)) {
      const { text, gzipBytes } = await bundleEntry(HERE, entry, PEERS);
      context.diagnostic(`one query of ${name}: ${gzipBytes} B compressed`);
      assert.match(text, /getRecipe/);
      assert.doesNotMatch(text, /listRecipes|updateRecipe/);
      assert.ok(gzipBytes <= GZIP_BYTES.oneToolQuery, `${name}: ${gzipBytes} B`);
    }
    const services = await bundleEntry(HERE, `export * from '../../src/services/index.ts';`);
    context.diagnostic(`the services: ${services.gzipBytes} B compressed`);
    assert.ok(services.gzipBytes <= GZIP_BYTES.services, `${services.gzipBytes} B`);
  });

  test('has of an enumeration, and of the fields of a form, those that are imported', async (context) => {
    const sort = await bundleEntry(HERE, `export { RecipeSort } from '../../src/index.ts';`);
    const fields = await bundleEntry(HERE, `export { ingredientFields } from '../../src/forms/index.ts';`);
    const all = await bundleEntry(HERE, `export * from '../../src/forms/index.ts';`);
    context.diagnostic(`one enumeration: ${sort.sizeBytes} B minified, ${sort.gzipBytes} B compressed`);
    context.diagnostic(`the fields of an ingredient: ${fields.sizeBytes} B minified, ${fields.gzipBytes} B`);
    context.diagnostic(`all fields and defaults: ${all.sizeBytes} B minified, ${all.gzipBytes} B compressed`);
    assert.ok(sort.sizeBytes <= 128, sort.text);
    assert.doesNotMatch(sort.text, /unlisted|fetch/);
    assert.ok(fields.sizeBytes <= 320, fields.text);
    assert.doesNotMatch(fields.text, /servings|unlisted/);
    assert.ok(all.gzipBytes <= 640, `${all.gzipBytes} B`);
  });

  test('has no schema and no mock that is not imported', async (context) => {
    const zod = await bundleEntry(HERE, `export { servingsSchema } from '../../src/zod/index.ts';`, PEERS);
    const mock = await bundleEntry(HERE, `export { deleteRecipeMock } from '../../src/msw/index.ts';`, PEERS);
    context.diagnostic(`one schema without Zod: ${zod.gzipBytes} B compressed`);
    assert.ok(zod.gzipBytes <= 512, zod.text);
    assert.doesNotMatch(zod.text, /strictObject/);
    assert.doesNotMatch(mock.text, /listRecipeTags/);
  });
});
