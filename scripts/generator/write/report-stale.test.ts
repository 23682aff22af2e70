import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { headerText } from './header.ts';
import { planWrites } from './plan-writes.ts';
import { reportUnowned, reportStale } from './report-stale.ts';

const HEADER = `// ${headerText('specs')}\n`;

suite('reportStale', () => {
  test('says nothing of a fresh disk', () => {
    const files = [{ path: 'generated/a.ts', text: HEADER }];
    assert.deepEqual(reportStale(planWrites(files, files)), []);
  });

  test('shows a unified diff for a stale file', () => {
    const plan = planWrites(
      [{ path: 'generated/a.ts', text: `${HEADER}one\ntwo\n` }],
      [{ path: 'generated/a.ts', text: `${HEADER}one\n2\n` }],
    );
    assert.deepEqual(reportStale(plan), [
      [
        'stale: generated/a.ts',
        '--- a/generated/a.ts\ton disk',
        '+++ b/generated/a.ts\tfrom the sources',
        '@@ -1,3 +1,3 @@',
        ` ${HEADER.trimEnd()}`,
        ' one',
        '-2',
        '+two',
      ].join('\n'),
    ]);
  });

  test('has a line for each missing, orphaned and unowned file', () => {
    const plan = planWrites(
      [{ path: 'generated/new.ts', text: HEADER }],
      [
        { path: 'generated/old.ts', text: HEADER },
        { path: 'generated/mine.md', text: 'mine' },
      ],
    );
    assert.deepEqual(reportStale(plan), [
      'missing: generated/new.ts',
      'orphaned: generated/old.ts (nothing emits it any more)',
      ...reportUnowned(plan),
    ]);
    assert.match(
      reportUnowned(plan).join('\n'),
      /^unowned: generated\/mine\.md was not written by the generator/,
    );
  });
});
