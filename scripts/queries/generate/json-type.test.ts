import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseJsonType, readJsonType } from './json-type.ts';

suite('the type of a JSON column', () => {
  const accepted: readonly [text: string, type: string][] = [
    ['string', 'string'],
    ['string[]', 'readonly string[]'],
    ["('a' | 'b')[] | null", "readonly (('a' | 'b'))[] | null"],
    ['number[][]', 'readonly (readonly number[])[]'],
    ['{ a: string; b?: -1.5 | true }', '{ readonly a: string; readonly b?: -1.5 | true }'],
    ["{ readonly 'a-b': { c: null }, }", "{ readonly 'a-b': { readonly c: null } }"],
    ['Record<string, number[]>', 'Readonly<Record<string, readonly number[]>>'],
    ['{}', 'Readonly<Record<string, never>>'],
  ];
  for (const [text, type] of accepted) {
    test(`${text} is ${type}`, () => {
      assert.deepEqual(parseJsonType(text), { ok: true, text: type });
    });
  }
  const refused: readonly [text: string, found: string][] = [
    ['', 'the end'],
    ['Date', 'Date'],
    ['{ a string }', 'string'],
    ['{ a: string', 'the end'],
    ['string] ', ']'],
    ['string */ import', '*/ import'],
    ["'it\\'s'", "'it\\'s'"],
    ['any', 'any'],
    ['Record<number, string>', 'number'],
    ['(string', 'the end'],
  ];
  for (const [text, found] of refused) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseJsonType(text), {
        ok: false,
        message: `its @json type has ${found} where it cannot stand`,
      });
    });
  }
  test('stands behind the comment', () => {
    assert.deepEqual(readJsonType('What is known. @json string[]'), {
      comment: 'What is known.',
      type: { ok: true, text: 'readonly string[]' },
    });
    assert.deepEqual(readJsonType('Sent to a@json.example.'), {
      comment: 'Sent to a@json.example.',
      type: undefined,
    });
  });
});
