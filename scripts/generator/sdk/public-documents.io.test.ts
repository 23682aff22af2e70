import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { compileDocument } from '../contract/compile-contract.ts';
import { PROJECT } from '../testing/check-types.ts';
import { enumerationsOf } from './enumerations.ts';
import { formsOf } from './forms/forms-of.ts';

/** Large contracts of other people, kept out of the repository. */
const DOCUMENTS = path.resolve(PROJECT, '..', 'shared', 'corpus', 'openapi');
const isAbsent = !existsSync(DOCUMENTS) && 'the public documents are not on this machine';

/** Each document, and how many enumerations and forms it must at least give: a floor on what was seen. */
const FLOORS = {
  'museum.yaml': [1, 4],
  'figma.yaml': [15, 15],
  'box.json': [0, 70],
  'discord.json': [0, 180],
  'twilio.json': [60, 0],
} as const;

suite('enumerations and forms of public documents', { skip: isAbsent }, () => {
  for (const [file, [leastEnumerations, leastForms]] of Object.entries(FLOORS)) {
    test(`are those of ${file}`, async () => {
      const text = await readFile(path.join(DOCUMENTS, file), 'utf8');
      const compiled = await compileDocument({ file, text, moduleName: path.parse(file).name });
      assert.ok(compiled.ok);
      assert.ok(enumerationsOf(compiled.contract, compiled.joined).length >= leastEnumerations);
      assert.ok(formsOf(compiled.contract, compiled.joined).length >= leastForms);
    });
  }
});
