import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { FORMATS } from '#kernel/contract/validation/formats.ts';
import { PATTERNS } from './zod-words.ts';

suite('formats of the Zod schemas', () => {
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    test(`${name} is checked by the pattern of the API`, () => {
      assert.deepEqual(pattern, new Map<string, unknown>(Object.entries(FORMATS)).get(name));
    });
  }
});
