import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { JsonValue } from '../contract/contract.ts';
import { parseSource } from './source-document.ts';

function read(text: string): JsonValue | undefined {
  return parseSource('x.yaml', 'x', text).document?.value;
}

function wrong(text: string): readonly string[] {
  return parseSource('x.yaml', 'x', text).diagnostics.map(
    ({ rule, message, at }) => `${at.line}:${at.column} ${rule}: ${message}`,
  );
}

test('an alias stands for the nearest node before it with its anchor', () => {
  assert.deepEqual(read('a: &x 1\nb: *x\nc: &x [2]\nd: *x\ne: *x\n'), { a: 1, b: 1, c: [2], d: [2], e: [2] });
  assert.deepEqual(read('a: &x { b: &y 1, c: *y }\nd: *x\n'), { a: { b: 1, c: 1 }, d: { b: 1, c: 1 } });
});

function aliases(count: number): string {
  return `a: &a 1\nb: [${Array(count).fill('*a').join(', ')}]\n`;
}

test('aliases may stand for ten thousand nodes and no more', () => {
  assert.notEqual(read(aliases(10_000)), undefined);
  assert.deepEqual(
    wrong(aliases(10_001)).map((line) => line.replace(/^\S+ /, '')),
    ['yaml-size: the document is too large once its aliases are expanded'],
  );
});

test('a key that stands twice is found at its second place, in a long mapping too', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`);
  assert.deepEqual(wrong([...lines, 'k7: 2'].join('\n')), [
    '20001:1 yaml-syntax: the key "k7" stands here twice',
  ]);
});

test('a control character that YAML does not allow is named where it stands', () => {
  assert.deepEqual(wrong('\0a: 1'), [
    '1:1 yaml-syntax: this is not valid YAML: the control character U+0000; remove it',
  ]);
  assert.deepEqual(wrong('a: 1\nb: "\u001b[31m"'), [
    '2:5 yaml-syntax: this is not valid YAML: the control character U+001B; remove it',
  ]);
  assert.deepEqual(read('a: "1\t\\e"\r\n'), { a: '1\t\u001b' });
});
