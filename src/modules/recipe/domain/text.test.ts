import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  normalizeTag,
  normalizeTags,
  codePointLength,
  compareCodePoints,
  isBlank,
  titleKey,
} from './text.ts';

suite('text of recipes', () => {
  test('length counts code points, not UTF-16 code units', () => {
    assert.equal(codePointLength('🍰é'), 2);
  });

  test('white space of every kind is blank', () => {
    assert.ok(isBlank(' \t\n\u00A0\u3000\u2028'));
    assert.ok(!isBlank(' . '));
  });

  const titles: readonly [title: string, key: string][] = [
    ['Crème Brûlée', 'creme brulee'],
    ['Cre\u0300me', 'creme'],
    ['ＰＩＺＺＡ', 'pizza'],
    [' İzmir köfte ', 'izmir kofte'],
    ['\u0301', ''],
    ['🍰'.repeat(200), '🍰'.repeat(100)],
    ['\uFDFA'.repeat(200), '\uFDFA'.normalize('NFKD').repeat(200).slice(0, 100)],
  ];
  for (const [title, key] of titles) {
    test(`${JSON.stringify(title.slice(0, 20))} sorts as ${JSON.stringify(key.slice(0, 20))}`, () => {
      assert.equal(titleKey(title), key);
      assert.ok(Buffer.byteLength(titleKey(title)) <= 400);
    });
  }

  test('compares by code point where UTF-16 would differ', () => {
    assert.ok(compareCodePoints('\u{FFFF}', '\u{1F370}') < 0);
    assert.ok(compareCodePoints('a', 'ab') < 0);
    assert.ok(compareCodePoints('ab', 'a') > 0);
    assert.equal(compareCodePoints('ab', 'ab'), 0);
  });

  const tags: readonly [text: string, tag: string][] = [
    ['Vegan', 'vegan'],
    ['  quick \t\u00A0soup ', 'quick soup'],
    ['Cre\u0300me', 'crème'],
    ['ΣΟΥΠΑ', 'σουπα'],
    [' \u3000', ''],
  ];
  for (const [text, tag] of tags) {
    test(`the tag ${JSON.stringify(text)} is kept as ${JSON.stringify(tag)}`, () => {
      assert.equal(normalizeTag(text), tag);
      assert.equal(normalizeTag(tag), tag);
    });
  }

  test('equal tags are kept once, in the order of their first appearance', () => {
    assert.deepEqual(normalizeTags(['b', 'A', 'B ', 'a']), ['b', 'a']);
  });
});
