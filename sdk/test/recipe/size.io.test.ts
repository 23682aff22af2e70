import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { bundleEntry, moduleCosts, sentencesCost } from '../bundle.ts';

const HERE = import.meta.dirname;

/** What an app ships, minified and compressed: what was measured, and 2 % for what a newer compiler prints. */
const GZIP_BYTES = {
  oneOperation: 4500,
  everything: 6110,
  oneQuery: 4040,
  allQueries: 5540,
  theClass: 6025,
  oneToolQuery: 4465,
  services: 7675,
};

/** An app that calls one operation that reads. */
const ONE_OPERATION = `
  import { createClient, getRecipe } from '../../src/index.ts';
  getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) }).then(console.log);
`;

/** What an app that calls one operation pays for, by the module that keeps the promise. */
const PROMISES: Readonly<Record<string, string>> = {
  '../../src/runtime/build-request.ts':
    'the request: path, headers, no token among them, no step up in the path',
  '../../src/runtime/call.ts': 'attempts, hooks, settings of client and call, a CallError for whatever fails',
  '../../src/runtime/client.ts': 'createClient, the default client, checks of its URL and of all settings',
  '../../src/runtime/credentials.ts': 'one question for the token of all calls, its renewal and its end',
  '../../src/runtime/decode-body.ts': 'JSON and problems, strict UTF-8',
  '../../src/runtime/encode-parameter.ts':
    'parameters arrive as they were given, or are refused by name and style',
  '../../src/runtime/errors.ts': 'the classes of errors, with problem and request id',
  '../../src/runtime/operation.ts': 'the function of an operation',
  '../../src/runtime/read-result.ts':
    'results are what the contract declares, headers included; limit of size',
  '../../src/runtime/response-header.ts': 'headers that are numbers',
  '../../src/runtime/retry.ts': 'delays before retries, Retry-After as seconds and as a date',
  '../../src/runtime/within.ts': 'time limits and abort, with no timer or listener left behind',
  '../../src/generated/recipe/operations.ts': 'what the contract says of the operation',
  '<stdin>': 'the call of the app itself',
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
  'idempotency-key',
  '409',
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
  test('is at most 4.5 kB for one operation with the runtime', async (context) => {
    const { text, sizeBytes, gzipBytes } = await bundleEntry(HERE, ONE_OPERATION);
    context.diagnostic(`one operation: ${sizeBytes} B minified, ${gzipBytes} B compressed`);
    assert.match(text, /getRecipe/);
    assert.ok(gzipBytes <= GZIP_BYTES.oneOperation, `${gzipBytes} B`);
  });

  test('is known for each promise that one operation keeps', async (context) => {
    const whole = await bundleEntry(HERE, ONE_OPERATION);
    const costs = await moduleCosts(HERE, ONE_OPERATION);
    assert.deepEqual([...costs.keys()].toSorted(), Object.keys(PROMISES).toSorted());
    for (const [module, cost] of [...costs].toSorted(([, one], [, other]) => other - one)) {
      context.diagnostic(`${String(cost).padStart(4)} B: ${PROMISES[module]} (${module})`);
      assert.ok(cost > 0, `${module} costs ${cost} B`);
    }
    const sentences = sentencesCost(whole);
    context.diagnostic(`${String(sentences).padStart(4)} B, across all modules: what errors say`);
    assert.ok(sentences > 0 && sentences < whole.gzipBytes / 2, `${sentences} B`);
  });

  test('is at most 6.1 kB for everything', async (context) => {
    const { sizeBytes, gzipBytes } = await bundleEntry(HERE, `export * from '../../src/index.ts';`);
    context.diagnostic(`everything: ${sizeBytes} B minified, ${gzipBytes} B compressed`);
    assert.ok(gzipBytes <= GZIP_BYTES.everything, `${gzipBytes} B`);
  });

  test('has no operation and no feature that is not imported', async () => {
    const { text } = await bundleEntry(HERE, ONE_OPERATION);
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
