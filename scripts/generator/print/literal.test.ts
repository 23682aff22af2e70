import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { assert as checkAll, jsonValue, property } from 'fast-check';

import type { JsonValue } from '../contract/contract.ts';
import { type Code, partsOf } from './code.ts';
import { literal, mediaTypeText, propertyName } from './literal.ts';

const show = (piece: Code): string =>
  partsOf(piece)
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('');
const evaluate = (text: string): unknown => JSON.parse(String(runInNewContext(`JSON.stringify((${text}))`)));

/** fast-check's JSON values are ours, but for the word readonly. */
function asContractValue(value: ReturnType<typeof JSON.parse>): JsonValue {
  return value;
}

suite('literal', () => {
  for (const [value, text] of [
    ["it's", String.raw`'it\'s'`],
    ['back\\slash', String.raw`'back\\slash'`],
    ['two\nlines\r\t', String.raw`'two\nlines\r\t'`],
    ['\u2028\u2029', String.raw`'\u2028\u2029'`],
    ['</script><!--', String.raw`'\u003c/script>\u003c!--'`],
    ['\u202Eevil', String.raw`'\u202eevil'`],
    ['\uD800', String.raw`'\ud800'`],
    ['`${x}`', "'`${x}`'"],
    ['👩\u200D🍳', "'👩\u200D🍳'"],
    [-0, '-0'],
    [1e21, '1e+21'],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
    [{ a: 1, 'b-c': [true], __proto__x: 'y' }, "{ a: 1, 'b-c': [true], __proto__x: 'y' }"],
  ] as const satisfies readonly (readonly [JsonValue, string])[]) {
    test(`prints ${JSON.stringify(value)} as ${text}`, () => assert.equal(show(literal(value)), text));
  }

  test('prints __proto__ as a property, not as the prototype', () => {
    const value: JsonValue = Object.fromEntries([['__proto__', { a: 1 }]]);
    assert.equal(show(literal(value)), "{ ['__proto__']: { a: 1 } }");
    assert.deepEqual(JSON.stringify(evaluate(show(literal(value)))), '{"__proto__":{"a":1}}');
  });

  test('breaks what does not fit a line into one member a line', () => {
    const long = 'x'.repeat(60);
    assert.equal(show(literal({ a: [long, long] })), `{\n  a: [\n    '${long}',\n    '${long}',\n  ],\n}`);
  });

  test('evaluates to the value it was given, for any JSON value', () => {
    checkAll(
      property(jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = show(literal(asContractValue(value)));
        assert.equal(JSON.stringify(evaluate(text)), JSON.stringify(value));
        assert.doesNotMatch(text, /<\/script|<!--|\u2028|\u2029/i);
      }),
    );
  });
});

suite('propertyName', () => {
  for (const [name, text] of [
    ['title', 'title'],
    ['if-match', "'if-match'"],
    ['1st', "'1st'"],
    ['', "''"],
    ['class', 'class'],
    ["a'}; evil", String.raw`'a\'}; evil'`],
    ['naïve', "'naïve'"],
  ] as const) {
    test(`prints ${JSON.stringify(name)} as ${text}`, () => assert.equal(show(propertyName(name)), text));
  }
});

suite('mediaTypeText', () => {
  for (const [mediaType, text] of [
    ['application/json', "'application/json'"],
    ['image/*', '`image/${string}`'],
    ['*/*', 'string'],
    ['${evil}`/*', '`\\${evil}\\`/${string}`'],
  ] as const) {
    test(`prints ${mediaType} as ${text}`, () => assert.equal(show(mediaTypeText(mediaType)), text));
  }
});
