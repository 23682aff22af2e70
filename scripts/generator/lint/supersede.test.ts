import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { supersede } from './supersede.ts';

function finding(rule: string, line: number): Diagnostic {
  return { rule, message: 'a sentence', at: { file: 'a.yaml', line, column: 1, pointer: '' } };
}

function kept(redocly: readonly Diagnostic[], ours: readonly Diagnostic[]): readonly string[] {
  return supersede(redocly, ours).map(({ rule, at }) => `${rule} ${at.line}`);
}

test('a structural finding of Redocly gives way to any of ours in its line', () => {
  assert.deepEqual(kept([finding('struct', 1), finding('struct', 2)], [finding('shape', 1)]), ['struct 2']);
});

test('other findings give way to the rule that repeats them, and to no other', () => {
  const redocly = [
    finding('paths-kebab-case', 1),
    finding('paths-kebab-case', 2),
    finding('operation-summary', 1),
  ];
  const ours = [finding('path-template', 1), finding('shape', 2)];
  assert.deepEqual(kept(redocly, ours), ['paths-kebab-case 2', 'operation-summary 1']);
});

test('structural findings behind a reference to the wrong kind of object are not told', () => {
  assert.deepEqual(kept([finding('struct', 9)], [finding('ref-kind', 1)]), []);
});

test('that Redocly broke is told when nothing else is', () => {
  assert.deepEqual(kept([finding('redocly', 1)], []), ['redocly 1']);
  assert.deepEqual(kept([finding('redocly', 1)], [finding('shape', 7)]), []);
});
