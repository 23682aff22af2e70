import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findings } from '../../testing/spec-set.ts';
import { distinctPaths } from './distinct-paths.ts';

const found = (...paths: readonly string[]): readonly string[] =>
  findings(distinctPaths, `paths:\n${paths.map((path) => `  '${path}': {}\n`).join('')}`);

suite('distinct-paths', () => {
  for (const paths of [
    ['/a/{x}/{y}', '/a/b/c'],
    ['/{x}/{y}', '/b/{z}.json'],
    ['/a/{x}-{y}', '/a/b-c'],
    ['/a/{x}.{y}', '/a/{x}.tar.{y}'],
  ] as const) {
    test(`refuses ${paths[0]} beside ${paths[1]}`, () => {
      assert.deepEqual(found(...paths), ['distinct-paths at 2:3']);
    });
  }

  test('finds the other path in another module', () => {
    assert.deepEqual(
      findings(distinctPaths, "paths: { '/a/{x}/{y}': {} }\n", {
        'other/openapi.yaml': "paths: { '/a/b/c': {} }\n",
      }),
      ['distinct-paths at 1:10'],
    );
  });

  test('takes what one value decides, and what no values do', () => {
    assert.deepEqual(found('/a/{x}', '/a/b', '/a/{x}/c', '/a/{x}/{y}'), []);
    assert.deepEqual(found('/{x}/a', '/a/{y}', '/b/c/{z}', '/c-{x}-{y}', '/d'), []);
  });
});
