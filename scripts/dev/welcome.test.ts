import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findReadablePath } from './welcome.ts';

suite('what npm run dev proposes to read', () => {
  for (const [what, paths, expected] of [
    [
      'the first path that can be read as it is',
      { '/a': { post: {} }, '/b/{id}': { get: {} }, '/c': { get: {} } },
      '/c',
    ],
    ['the document where there is none', { '/b/{id}': { get: {} } }, '/openapi.yaml'],
  ] as const) {
    test(what, () => assert.equal(findReadablePath(JSON.stringify({ paths })), expected));
  }
});
