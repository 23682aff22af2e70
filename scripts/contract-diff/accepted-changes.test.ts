import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { acceptChanges } from './accepted-changes.ts';
import { compareDocuments, documentOf, operationOf, TODAY } from './testing/documents.ts';

const changes = compareDocuments(
  documentOf({ '/a': { post: operationOf({ answer: { a: { type: 'string' }, b: { type: 'string' } } }) } }),
  documentOf({ '/a': { post: operationOf({ answer: { a: { type: 'string' } } }) } }),
);
const [removed] = changes;
assert.ok(removed);

const ENTRY = {
  rule: removed.rule,
  operation: 'POST /a',
  reason: 'No caller reads it, says the log.',
  until: '2027-01-31',
};

const yaml = (...entries: readonly object[]): string => JSON.stringify(entries, null, 1);

test('an entry accepts what it names, by operation or by place', () => {
  for (const entry of [ENTRY, { ...ENTRY, operation: undefined, pointer: removed.at.pointer }]) {
    const { accepted, diagnostics } = acceptChanges(changes, yaml(entry), TODAY);
    assert.deepEqual(diagnostics, []);
    assert.equal(accepted.get(removed)?.reason, ENTRY.reason);
  }
});

test('the last day counts', () => {
  const { accepted } = acceptChanges(changes, yaml({ ...ENTRY, until: TODAY }), TODAY);
  assert.equal(accepted.size, 1);
});

test('no file, or an empty one, accepts nothing', () => {
  for (const text of ['', ' \n']) {
    assert.deepEqual(acceptChanges(changes, text, TODAY), { accepted: new Map(), diagnostics: [] });
  }
});

suite('an entry that accepts nothing, or not for now, is told at its line', () => {
  const cases: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    [
      'another rule',
      yaml({ ...ENTRY, rule: 'request-body-removed' }),
      /^specs\/\.accepted-changes\.yaml:2:2 accepted-change: this accepts no break/,
    ],
    ['another operation', yaml({ ...ENTRY, operation: 'GET /a' }), /this accepts no break/],
    ['another place', yaml({ ...ENTRY, pointer: '/paths' }), /this accepts no break/],
    [
      'out of date',
      yaml({ ...ENTRY, until: '2026-11-29' }),
      /:6:\d+ accepted-change: this was accepted until 2026-11-29; mend the contract, or decide again/,
    ],
    ['no day', yaml({ ...ENTRY, until: 'soon' }), /"until" is a day such as 2027-03-01/],
    [
      'a day that YAML reads otherwise',
      '- { rule: a, operation: b, reason: c, until: 2027 }',
      /"until" has to be text/,
    ],
    ['no reason', yaml({ ...ENTRY, reason: undefined }), /"reason" is missing/],
    ['an empty reason', yaml({ ...ENTRY, reason: ' ' }), /"reason" has to be text/],
    [
      'no place',
      yaml({ ...ENTRY, operation: undefined }),
      /say where: "operation" \(GET \/recipes\) or "pointer"/,
    ],
    ['a member that means nothing', yaml({ ...ENTRY, because: 'x' }), /"because" means nothing here/],
    ['no entry', '[7]', /write an entry with rule/],
    ['no list', 'a: 1', /write a list/],
    ['no YAML', 'a: [', /yaml-syntax/],
  ];
  for (const [name, text, sentence] of cases) {
    test(name, () => {
      const { accepted, diagnostics } = acceptChanges(changes, text, TODAY);
      assert.equal(accepted.size, 0);
      assert.match(diagnostics.map(formatDiagnostic).join('\n'), sentence);
    });
  }
});
