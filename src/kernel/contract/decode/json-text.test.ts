import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { property, assert as assertProperty, json } from 'fast-check';
import { MAX_JSON_DEPTH, MAX_JSON_VALUES, parseJsonText } from './json-text.ts';

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function array(values: number): string {
  return `[${Array.from({ length: values - 1 }, () => '1').join(',')}]`;
}

function object(values: number): string {
  return `{${Array.from({ length: values - 1 }, (_, index) => `"k${index}":1`).join(',')}}`;
}

suite('parseJsonText', () => {
  test('gives what JSON.parse gives for any well-formed document', () => {
    assertProperty(
      property(json({ noUnicodeString: false }), (text) => {
        const result = parseJsonText(text);
        if (result.ok) assert.deepEqual(result.value, JSON.parse(text));
        // The generator makes `__proto__` names, huge numbers and lone surrogates: those are refused by design.
        else assert.match(result.failure.detail, /allowed|surrogate|U\+0000|number|between|nested/);
      }),
      { numRuns: 300 },
    );
  });

  test('accepts escapes, whitespace and every literal', () => {
    const text = ' { "a\\u0062\\"\\\\" : [ true , false,null, -0.5e-3, "\\ud83d\\ude00" , {}, [] ] } ';
    const result = parseJsonText(text);
    assert.deepEqual(result, { ok: true, value: JSON.parse(text) });
  });

  const refused: readonly (readonly [string, string, string, RegExp])[] = [
    ['a name twice', '{"a":1,"b":{"c":1,"c":2}}', '/b/c', /twice/],
    ['a name twice, once escaped', '{"a":1,"\\u0061":2}', '/a', /twice/],
    ['__proto__', '{"x":{"__proto__":{}}}', '/x/__proto__', /not allowed/],
    ['constructor', '{"constructor":{}}', '/constructor', /not allowed/],
    ['an escaped __proto__', '{"\\u005f_proto__":1}', '/__proto__', /not allowed/],
    ['U+0000', '{"a":["x","\\u0000"]}', '/a/1', /U\+0000/],
    ['a lone surrogate', '["\\ud800"]', '/0', /surrogate/],
    ['a lone surrogate in a name', '{"\\udc00":1}', '/\udc00', /surrogate/],
    ['an integer beyond 2^53-1', '{"id":9007199254740993}', '/id', /between/],
    ['an integer below -(2^53-1)', '[-9223372036854775808]', '/0', /between/],
    ['a number that overflows', '{"n":1e400}', '/n', /too large/],
    ['text after the value', '{} {}', '', /not valid JSON/],
    ['an empty text', '', '', /not valid JSON/],
    ['a leading zero', '{"a":01}', '', /not valid JSON/],
    ['a trailing comma', '[1,]', '', /not valid JSON/],
    ['single quotes', "{'a':1}", '', /not valid JSON/],
    ['an unfinished string', '"abc', '', /not valid JSON/],
    ['a string that ends in its escape', '["a\\', '', /not valid JSON/],
    ['a string whose end is escaped', '["\\u0061\\"', '', /not valid JSON/],
    ['a raw control character', '"a\u0001b"', '', /not valid JSON/],
    ['a bad escape', '"\\x41"', '', /not valid JSON/],
    ['NaN', '[NaN]', '', /not valid JSON/],
  ];
  for (const [what, text, pointer, detail] of refused) {
    // @requirement 66, 69, 70
    test(`refuses ${what}`, () => {
      const result = parseJsonText(text);
      assert.equal(result.ok, false);
      assert.match(result.failure.detail, detail);
      if (pointer !== '') assert.equal(result.failure.pointer, pointer);
    });
  }

  // @requirement 74
  test('refuses more values than a document may have, names of objects included, and accepts the limit', () => {
    for (const document of [array, object]) {
      assert.equal(parseJsonText(document(MAX_JSON_VALUES)).ok, true);
      assert.equal(parseJsonText(document(MAX_JSON_VALUES + 1)).ok, false);
    }
  });

  // @requirement 38
  test('refuses nesting beyond the limit and accepts the limit', () => {
    assert.equal(parseJsonText(nested(MAX_JSON_DEPTH)).ok, true);
    assert.equal(parseJsonText(nested(MAX_JSON_DEPTH + 1)).ok, false);
    assert.equal(parseJsonText('['.repeat(100_000)).ok, false);
  });

  test('accepts the largest safe integers and large numbers with a fraction or exponent', () => {
    const result = parseJsonText('[9007199254740991,-9007199254740991,1e20,12345678901234567890.5]');
    assert.equal(result.ok, true);
  });
});
