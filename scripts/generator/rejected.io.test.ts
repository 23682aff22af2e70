import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { compile } from './compile.ts';
import { PROJECT, REDOCLY_CONFIG } from './testing/check-types.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';

const CASES = join(import.meta.dirname, 'testdata', 'rejected');
/** Specs without fault; each case lays its own files over them. */
const BASE = join(import.meta.dirname, 'testdata', 'rejected-base');
// oxlint-disable-next-line node/no-process-env -- a switch of the test run, not configuration
const UPDATE = process.env['UPDATE_CORPUS'] === '1';

async function diagnosticsOf(folder: string | undefined): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'chompardo-rejected-'));
  try {
    cpSync(BASE, root, { recursive: true });
    if (folder !== undefined) cpSync(join(folder, 'specs'), join(root, 'specs'), { recursive: true });
    const compiled = await compile({
      root,
      redoclyConfig: REDOCLY_CONFIG,
      sdkSources: join(PROJECT, 'sdk/src'),
    });
    return compiled.ok ? [] : compiled.diagnostics.map(formatDiagnostic);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

suite('rejected specs give exactly their diagnostics', { concurrency: 2 }, () => {
  test('the specs beneath every case have none', async () => {
    assert.deepEqual(await diagnosticsOf(undefined), []);
  });

  for (const name of readdirSync(CASES).toSorted()) {
    test(name, async () => {
      const folder = join(CASES, name);
      const lines = await diagnosticsOf(folder);
      assert.notEqual(lines.length, 0, 'the case is accepted');
      for (const line of lines)
        assert.match(line, /^specs\/[^\s:]+:[1-9]\d*:[1-9]\d* [a-z0-9A-Z.-]+: .+[^.\s]$/);
      const file = join(folder, 'diagnostics.txt');
      const text = `${lines.join('\n')}\n`;
      if (UPDATE) writeFileSync(file, text);
      assert.equal(text, existsSync(file) ? readFileSync(file, 'utf8') : '');
    });
  }
});
