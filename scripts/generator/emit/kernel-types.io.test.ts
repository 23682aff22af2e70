import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { BODY_TYPES, CONTEXT_TYPES, OPERATION_TABLE, STATUS_TYPES } from './kernel-types.ts';

const SRC = path.resolve(import.meta.dirname, '..', '..', '..', 'src');

suite('kernel types', () => {
  const types = [BODY_TYPES, CONTEXT_TYPES, STATUS_TYPES, { OPERATION_TABLE }].flatMap((group) =>
    Object.values(group),
  );
  for (const { name, from } of types) {
    test(`${name} is exported by ${from}`, async () => {
      const text = await readFile(path.join(SRC, from.replace('#', '')), 'utf8');
      assert.match(text, new RegExp(`^export (type|interface) ${name}\\b`, 'm'));
    });
  }
});
