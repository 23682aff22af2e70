import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { explainFailure } from './explain-failure.ts';

suite('explaining why the start failed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explain failure-'));
  after(() => rmSync(folder, { recursive: true }));

  async function failureOf(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    writeFileSync(file, text);
    try {
      await import(pathToFileURL(file).href);
    } catch (error) {
      return explainFailure(error, folder);
    }
    return assert.fail(`${name} loads`);
  }

  test('gives the place of what cannot be read', async () => {
    assert.match(
      await failureOf('syntax.ts', 'const a = 1;\nconst b: = 2;\n'),
      /Unexpected token.* \(syntax\.ts:2\)$/,
    );
  });

  test('gives the place of an import of what is not there', async () => {
    writeFileSync(join(folder, 'some.ts'), 'export const some = 1;\n');
    const said = await failureOf(
      'import.ts',
      `\nimport { other } from './some.ts';\nexport const x = other;\n`,
    );
    assert.match(said, /does not provide an export named 'other' \(import\.ts:2\)$/);
  });

  test('gives the place where a defect was thrown', async () => {
    assert.equal(await failureOf('throw.ts', `\n\nthrow new Error('boom');\n`), 'boom (throw.ts:3)');
  });

  test('gives places outside of the folder in full', async () => {
    const said = await failureOf('type.ts', `export const x = (null as unknown as string[])[0];`);
    assert.match(said, /^Cannot read properties of null.* \(type\.ts:1\)$/);
    const error = new Error('boom');
    assert.match(
      explainFailure(error, '/elsewhere'),
      /^boom \(\/.*src\/explain-failure\.io\.test\.ts:[0-9]+\)$/,
    );
  });

  test('leaves a sentence that was written for the reader as it is', () => {
    class KnownError extends Error {}
    assert.equal(
      explainFailure(new KnownError('The port is taken:\n  choose another.')),
      'The port is taken:\n  choose another.',
    );
    assert.equal(explainFailure('text'), 'text');
  });
});
