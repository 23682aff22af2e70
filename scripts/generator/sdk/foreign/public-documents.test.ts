import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { compileDocument } from '../../contract/compile-contract.ts';
import { PROJECT } from '../../testing/check-types.ts';
import { foreignParts } from './foreign-parts.ts';

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

suite('the text of the tools about public documents', { skip: isAbsent }, () => {
  for (const [file, [leastEnumerations, leastForms]] of Object.entries(FLOORS)) {
    test(`says what ${file} says`, async () => {
      const text = await readFile(path.join(DOCUMENTS, file), 'utf8');
      const compiled = await compileDocument({ file, text, moduleName: path.parse(file).name });
      assert.ok(compiled.ok);
      const result = await foreignParts({ root: '', useCache: false, ...compiled });
      assert.ok(result.ok, result.ok ? '' : result.diagnostics.map(({ message }) => message).join('\n'));
      assert.ok(result.parts.enumerations.size >= leastEnumerations);
      assert.ok(result.parts.forms.length >= leastForms);
    });
  }
});
