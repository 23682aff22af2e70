import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readRedoclyFindings } from './redocly-findings.ts';
import { specSet } from './testing.ts';

const specs = specSet({ 'recipe/openapi.yaml': 'openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n' });

function problem(ruleId: string, pointer: string, message = 'Some sentence.'): string {
  const location = [{ source: { ref: 'specs/recipe/openapi.yaml' }, pointer, start: { line: 4, col: 9 } }];
  return JSON.stringify({ problems: [{ ruleId, message, location }] }, null, 2);
}

function read(output: string): readonly string[] {
  return readRedoclyFindings(specs, output).map(
    ({ rule, at, message }) => `${at.line}:${at.column} ${rule}: ${message}`,
  );
}

test('documents that stand one after the other are all read', () => {
  const output = `${problem('no-x', '#/paths/~1a/get')}${problem('rule/own-one', '#/paths')}\n`;
  assert.deepEqual(read(output), ['4:5 no-x: some sentence', '2:1 own-one: some sentence']);
});

test('a place that our sources do not have is where Redocly says', () => {
  assert.deepEqual(read(problem('no-x', '#/paths/~1a/get/summary')), ['4:9 no-x: some sentence']);
});

test('rules without advice get ours, and what we report ourselves is left out', () => {
  assert.deepEqual(read(problem('operation-summary', '#/paths/~1a/get')), [
    '4:5 operation-summary: the operation needs a summary: what it does, in a few words',
  ]);
  assert.deepEqual(read(problem('no-unresolved-refs', '#/paths')), []);
});

test('anything but JSON is refused', () => {
  assert.throws(() => read('Something went wrong.'), SyntaxError);
});
