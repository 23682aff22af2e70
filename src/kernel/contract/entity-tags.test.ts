import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  parseEntityTags,
  type EntityTagCondition,
  parseIfMatch,
  toVersionTag,
  type VersionCondition,
} from './entity-tags.ts';

const strong = (opaque: string) => ({ opaque, isWeak: false });
const weak = (opaque: string) => ({ opaque, isWeak: true });

suite('entity tags', () => {
  const lists: readonly (readonly [string, EntityTagCondition])[] = [
    ['*', 'any'],
    [' *\t', 'any'],
    ['"v3"', [strong('v3')]],
    ['W/"v3"', [weak('v3')]],
    ['"a,b"', [strong('a,b')]],
    ['"a,b","c, d"'.replace(' ', ''), [strong('a,b'), strong('c,d')]],
    ['",",W/","', [strong(','), weak(',')]],
    [' "v1" ,, W/"v22",\t', [strong('v1'), weak('v22')]],
    [',"v1"', [strong('v1')]],
    ['""', [strong('')]],
    [
      '"!#$%&\'()*+-./:;<=>?@[\\]^_`{|}~\u0080\u00ff"',
      [strong("!#$%&'()*+-./:;<=>?@[\\]^_`{|}~\u0080\u00ff")],
    ],
  ];
  for (const [text, expected] of lists) {
    // @requirement 48
    test(`are read from ${text}`, () => assert.deepEqual(parseEntityTags(text), expected));
  }

  for (const text of [
    '',
    ' ',
    ',',
    'v3',
    '"v3',
    'v3"',
    "'v3'",
    '"v3" "v4"',
    '"v3""v4"',
    '"v3", *',
    '*, "v3"',
    '**',
    'w/"v3"',
    'W/ "v3"',
    'W/',
    '"v 3"',
    '"v\t3"',
    '"\u007f"',
    '"v3";x=1',
    '\u00a0*',
  ]) {
    test(`are not in ${JSON.stringify(text)}`, () => assert.equal(parseEntityTags(text), undefined));
  }

  test('of a whole header field are read in one pass', () => {
    const text = Array.from({ length: 4000 }, (_, index) => `"${index}"`).join(',');
    assert.equal(parseEntityTags(text)?.length, 4000);
    assert.equal(parseEntityTags(`${' ,'.repeat(8000)}x`), undefined);
  });
});

suite('version tags', () => {
  const headers: readonly [header: string | undefined, condition: VersionCondition | undefined][] = [
    [undefined, undefined],
    [toVersionTag(3), [3]],
    ['"v3"', [3]],
    [' "v1" ,, "v22",', [1, 22]],
    ['*', 'any'],
    [' * ', 'any'],
    ['W/"v3"', []],
    ['W/"v3", "v4"', [4]],
    ['"3"', []],
    ['"v0"', []],
    ['"v03"', []],
    ['"v99999999999"', []],
    ['""', []],
    ['"some other tag"'.replaceAll(' ', '-'), []],
    ['"a,b", "v5"', [5]],
    ['v3', []],
  ];
  for (const [header, condition] of headers) {
    test(`If-Match ${header ?? 'absent'} allows ${JSON.stringify(condition)}`, () => {
      assert.deepEqual(parseIfMatch(header), condition);
    });
  }
});
