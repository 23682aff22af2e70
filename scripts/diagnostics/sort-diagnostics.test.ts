import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatDiagnostic } from './sort-diagnostics.ts';

function line(message: string): string {
  return formatDiagnostic({
    rule: 'some-rule',
    message,
    at: { file: 'specs/a.yaml', line: 3, column: 5, pointer: '' },
  });
}

test('a finding is one line, with any text of the sources in it', () => {
  assert.equal(
    line('the key "a\nb\r\0\u001b[31m\u009b\u2028\u202e" is wrong'),
    'specs/a.yaml:3:5 some-rule: the key "a\\u000ab\\u000d\\u0000\\u001b[31m\\u009b\\u2028\\u202e" is wrong',
  );
});

test('text of any language stays as it is', () => {
  assert.ok(line('"Crème brûlée", "寿司" and "🍲"').endsWith('"Crème brûlée", "寿司" and "🍲"'));
});
