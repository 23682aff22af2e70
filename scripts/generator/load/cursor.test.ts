import assert from 'node:assert/strict';
import { test } from 'node:test';

import { child, descend, locate, locateKey, rootCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { parseSource } from './source-document.ts';

const TEXT = `# A comment.
paths:
  /a~b/{c}:
    get: { tags: [x, y] }
  "quoted": &anchor
    deep: 1
  alias: *anchor
`;

function place(...tokens: readonly (string | number)[]): string {
  const { document } = parseSource('a.yaml', 'a', TEXT);
  assert.ok(document);
  const cursor = descend(rootCursor(document), ...tokens);
  assert.ok(cursor, tokens.join('/'));
  const { line, column } = locate(cursor);
  const key = locateKey(cursor);
  return `${line}:${column} ${key.line}:${key.column} ${cursor.pointer}`;
}

test('mappings and sequences stand at their key, scalars at their value, items where they are', () => {
  assert.equal(place('paths'), '2:1 2:1 /paths');
  assert.equal(place('paths', '/a~b/{c}', 'get'), '4:5 4:5 /paths/~1a~0b~1{c}/get');
  assert.equal(place('paths', '/a~b/{c}', 'get', 'tags', 1), '4:22 4:22 /paths/~1a~0b~1{c}/get/tags/1');
  assert.equal(place('paths', 'quoted', 'deep'), '6:11 6:5 /paths/quoted/deep');
});

test('what an alias stands for is found behind it', () => {
  assert.equal(place('paths', 'alias', 'deep').split(' ')[0], '6:11');
});

test('members that every JavaScript object inherits are not members', () => {
  const { document } = parseSource('a.yaml', 'a', 'a: 1');
  assert.ok(document);
  assert.equal(child(rootCursor(document), 'constructor'), undefined);
});

test('a node that the source does not have stands where its nearest ancestor does', () => {
  const { document } = parseSource('a.yaml', 'a', TEXT);
  assert.ok(document);
  const made: Cursor = { document, pointer: '/paths/quoted/made/up', value: {} };
  assert.deepEqual([locate(made).line, locate(made).column], [5, 3]);
});
