/** What orval prints, each in its framework, against the running API. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, suite, test } from 'node:test';

import { createClient, createRecipe, unwrap, type Client, type ClientOptions } from '../../src/index.ts';
import type { Binding } from './bindings/binding.ts';
import type * as svelteModule from './bindings/svelte.svelte.ts';
import { vue } from './bindings/vue.ts';
import { importBundled } from '../bundle-module.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());
// Not before: the API's libraries look for a window when they start, and this makes one.
const { swr } = await import('./bindings/swr.ts');

const bundled = (file: string): Promise<unknown> =>
  importBundled(path.join(import.meta.dirname, 'bindings', file));
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- bundled from it
const { svelte } = (await bundled('svelte.svelte.ts')) as typeof svelteModule;

const UNKNOWN = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

/** The client of somebody; delays take no time. */
function clientOf(subject: string, options: Partial<ClientOptions> = {}): Client {
  const auth = api.identity.token({ claims: { sub: subject } });
  return createClient({ baseUrl: api.origin, auth, clock: { random: () => 0 }, ...options });
}

const bindings: Readonly<Record<string, Binding>> = { vue, swr, svelte };

for (const [name, { read, rename }] of Object.entries(bindings)) {
  suite(`@chompardo/sdk/${name}`, () => {
    const subject = `bindings-${name}`;

    test('reads, and tells what is not there by its status', async () => {
      const client = clientOf(subject);
      const { id } = await unwrap(createRecipe({ body: SOUP }, { client }));
      assert.deepEqual(await read(id, { client }), { status: 200, title: SOUP.title, etag: '"v1"' });
      assert.deepEqual(await read(UNKNOWN, { client }), { status: 404, problem: 'Not found' });
    });

    test('changes the version that was read, and no later one', async () => {
      const client = clientOf(subject);
      const { id } = await unwrap(createRecipe({ body: SOUP }, { client }));
      const changed = await rename(id, 'Red soup', '"v1"', { client });
      assert.deepEqual(changed, { status: 200, title: 'Red soup', etag: '"v2"' });
      const late = await rename(id, 'Green soup', '"v1"', { client });
      assert.equal(late.status, 412);
      assert.deepEqual(await read(id, { client }), changed);
    });

    test('tries again after a 503, once for all', async () => {
      const client = clientOf(subject);
      const { id } = await unwrap(createRecipe({ body: SOUP }, { client }));
      let calls = 0;
      const busy = clientOf(subject, {
        fetch: (...request) => {
          calls += 1;
          return calls === 1 ? Promise.resolve(new Response(null, { status: 503 })) : fetch(...request);
        },
      });
      assert.equal((await read(id, { client: busy })).status, 200);
      assert.equal(calls, 2);
      const down = clientOf(subject, {
        fetch: () => {
          calls += 1;
          return Promise.reject(new TypeError('fetch failed'));
        },
      });
      calls = 0;
      const failed = await read(id, { client: down, retry: { retries: 2 } });
      assert.ok(failed.status === undefined && 'message' in failed);
      assert.match(failed.message, /^ConnectionError: getRecipe: the connection failed/);
      assert.equal(calls, 3);
    });

    test('asks for one new token for ten calls', async () => {
      const now = Math.floor(Date.now() / 1000);
      const old = api.identity.token({ claims: { sub: subject, iat: now - 7200, exp: now - 3600 } });
      const { id } = await unwrap(createRecipe({ body: SOUP }, { client: clientOf(subject) }));
      let renewals = 0;
      const client = clientOf(subject, {
        auth: ({ rejected }) => {
          if (rejected === undefined) return old;
          renewals += 1;
          return api.identity.token({ claims: { sub: subject } });
        },
      });
      const reads = await Promise.all(Array.from({ length: 10 }, () => read(id, { client })));
      assert.deepEqual(new Set(reads.map(({ status }) => status)), new Set([200]));
      assert.equal(renewals, 1);
    });
  });
}
