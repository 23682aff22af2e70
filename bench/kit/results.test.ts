import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { replaceSection } from './results.ts';

const DOCUMENT = '# Results\n\nWhat was measured.\n\n## a\n\nold a\n\n### part\n\nold\n\n## ab\n\nold ab\n';

suite('a section of the results', () => {
  for (const [what, title, expected] of [
    [
      'is replaced whole, the next one stays',
      'a',
      '# Results\n\nWhat was measured.\n\n## a\n\nnew\n\n## ab\n\nold ab\n',
    ],
    [
      'is replaced when it is the last',
      'ab',
      '# Results\n\nWhat was measured.\n\n## a\n\nold a\n\n### part\n\nold\n\n## ab\n\nnew\n',
    ],
    ['is added when it is new', 'b', `${DOCUMENT}\n## b\n\nnew\n`],
  ] as const) {
    test(what, () => {
      const once = replaceSection(DOCUMENT, title, 'new\n');
      assert.equal(once, expected);
      assert.equal(replaceSection(once, title, '\nnew'), expected);
    });
  }

  test('stands alone in a document that has nothing else', () => {
    assert.equal(replaceSection('## a\n\nold\n', 'a', 'new'), '## a\n\nnew\n');
  });
});
