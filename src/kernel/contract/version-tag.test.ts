import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseIfMatch, toVersionTag, type VersionCondition } from './version-tag.ts';

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
