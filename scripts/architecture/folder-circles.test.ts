import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFolderCircles, type Import } from './folder-circles.ts';

/** `a/x > b/y` is an import of `top/b/y` by `top/a/x`. */
function importsOf(...lines: readonly string[]): Import[] {
  return lines.map((line) => {
    const [from = '', to = ''] = line.split(' > ').map((file) => `top/${file}`);
    return { from, to };
  });
}

suite('circles of folders', () => {
  const cases: readonly [what: string, imports: readonly string[], found: readonly string[]][] = [
    ['none in a chain', ['a/x > b/x', 'b/x > c/x', 'a/x > c/x'], []],
    ['two folders, by files that do not meet', ['a/x > b/y', 'b/z > a/w'], ['a/x > b/y', 'b/z > a/w']],
    [
      'three folders',
      ['a/x > b/x', 'b/y > c/x', 'c/y > a/y', 'c/y > d/x'],
      ['a/x > b/x', 'b/y > c/x', 'c/y > a/y'],
    ],
    [
      'what is deeper inside',
      ['a/deep/er/x > b/x', 'b/y > a/other/x'],
      ['a/deep/er/x > b/x', 'b/y > a/other/x'],
    ],
    ['no files beside the folders', ['x > a/x', 'a/x > x'], []],
    ['no imports inside of one folder', ['a/b/x > a/c/x', 'a/c/y > a/b/y'], []],
    ['only those in the circle', ['a/x > b/x', 'b/x > a/x', 'b/x > c/x'], ['a/x > b/x', 'b/x > a/x']],
  ];
  for (const [what, imports, found] of cases) {
    test(`has ${what}`, () => {
      assert.deepEqual(findFolderCircles(importsOf(...imports), 'top'), importsOf(...found));
    });
  }

  test('leaves out what is not below the folder', () => {
    assert.deepEqual(findFolderCircles(importsOf('a/x > b/x', 'b/x > a/x'), 'other'), []);
  });
});
