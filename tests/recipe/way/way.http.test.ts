import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { ROOT } from './coverage.ts';
import { followProperty } from './property-way.ts';
import { followRequests } from './request-way.ts';

/** More files than that, and nobody reads them before a change. */
const MOST_FILES = 40;

const DOCUMENT = 'ARCHITECTURE.md';

/** The files of a list in ARCHITECTURE.md, those with a mark: lines of a path, marks and a description. */
function listed(heading: string, mark = ''): readonly string[] {
  const text = readFileSync(join(ROOT, DOCUMENT), 'utf8');
  const section = text.split(`\n### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const lines = [
    ...section.matchAll(/^(?<file>(?:src|scripts|generated)\/\S+\.ts)(?<marks>(?: +(?:GET|POST))*)/gm),
  ];
  return lines.flatMap(({ groups }) => (groups?.['marks']?.includes(mark) ? [groups['file'] ?? ''] : []));
}

function assertWay(files: readonly string[], list: readonly string[]): void {
  assert.ok(files.length <= MOST_FILES, `${files.length} files:\n${files.join('\n')}`);
  assert.deepEqual(
    list.toSorted(),
    files.toSorted(),
    `${DOCUMENT} lists other files than npm run way prints: correct the list`,
  );
}

suite('the way that is to be read before a change', () => {
  test('of a request is short and stands in the document', async () => {
    const { get, post } = await followRequests();
    assertWay(get, listed('The way of a request', 'GET'));
    assertWay(post, listed('The way of a request', 'POST'));
  });

  test('of a YAML property is short and stands in the document', async () => {
    assertWay(await followProperty(), listed('The way of a property'));
  });
});
