import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { measureUsage } from '../fuzz/process-usage.ts';
import { call } from '../kit/call.ts';
import { startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

const VARIANTS = 200;
/** A validator kept per variant would be 200 KB each: 40 MB. */
const SLACK_BYTES = 12 * 1024 * 1024;

const KINDS: readonly (readonly [what: string, send: (variant: string) => Promise<unknown>])[] = [
  [
    'content types',
    (variant) =>
      call(api, '/any-json', {
        method: 'POST',
        headers: { 'content-type': `application/json; x=${variant}` },
        body: '1',
      }),
  ],
  [
    'content types of requests without a body',
    (variant) => call(api, '/headers', { headers: { 'content-type': `application/json; x=${variant}` } }),
  ],
  [
    'accepted types',
    (variant) => call(api, '/headers', { headers: { accept: `application/json;v=${variant}` } }),
  ],
  ['names in the query', (variant) => call(api, `/headers?${variant}=1`)],
  ['paths', (variant) => call(api, `/${variant}`)],
  ['languages', (variant) => call(api, '/headers', { headers: { 'accept-language': variant } })],
  ['origins', (variant) => call(api, '/headers', { headers: { origin: `https://${variant}.example` } })],
];

suite('memory', () => {
  for (const [what, send] of KINDS) {
    // @requirement 75
    test(`does not grow with the number of different ${what}`, async () => {
      for (let count = 0; count < 60; count += 1) await send(`warm${count}`);
      const before = await measureUsage();
      for (let count = 0; count < VARIANTS; count += 1) await send(`v${count}`);
      const afterwards = await measureUsage();
      const grown = afterwards.heapBytes - before.heapBytes;
      assert.ok(grown < SLACK_BYTES, `${grown} bytes`);
    });
  }
});
