import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PathTable } from './path-table.ts';

function tableOf(...templates: string[]): PathTable<string> {
  const table = new PathTable<string>();
  for (const template of templates) table.getOrAdd(template, () => template);
  return table;
}

function find(table: PathTable<string>, path: string): unknown {
  const match = table.find(path);
  return match === undefined ? undefined : [match.entry, Object.fromEntries(match.parameters)];
}

suite('PathTable', () => {
  const table = tableOf(
    '/',
    '/recipes',
    '/recipes/{recipeId}',
    '/recipes/popular',
    '/recipes/{recipeId}/steps/{step}',
    '/recipes/popular/today',
    '/files/{name}.{extension}',
    '/files/{name}',
    '/trailing/',
  );

  const cases: readonly (readonly [string, unknown])[] = [
    ['/', ['/', {}]],
    ['/recipes', ['/recipes', {}]],
    ['/recipes/5', ['/recipes/{recipeId}', { recipeId: '5' }]],
    ['/recipes/a%2Fb', ['/recipes/{recipeId}', { recipeId: 'a%2Fb' }]],
    ['/recipes/popular', ['/recipes/popular', {}]],
    ['/recipes/popular/steps/1', ['/recipes/{recipeId}/steps/{step}', { recipeId: 'popular', step: '1' }]],
    ['/files/a.tar.gz', ['/files/{name}.{extension}', { name: 'a', extension: 'tar.gz' }]],
    ['/files/a', ['/files/{name}', { name: 'a' }]],
    ['/trailing/', ['/trailing/', {}]],
  ];
  for (const [path, expected] of cases) {
    test(`finds ${path}`, () => assert.deepEqual(find(table, path), expected));
  }

  for (const path of [
    '/recipes/',
    '/Recipes',
    '//recipes',
    '/recipes//',
    '/recipes/5/',
    '/recip%65s',
    '/trailing',
    '/nope',
    '',
    '*',
    'recipes',
    '/recipes/5/steps',
    '/__proto__',
    '/constructor',
  ]) {
    test(`finds nothing at "${path}"`, () => assert.equal(find(table, path), undefined));
  }

  test('treats templates that differ in parameter names only as one', () => {
    const one = tableOf('/a/{x}/b');
    assert.equal(
      one.getOrAdd('/a/{y}/b', () => 'second'),
      '/a/{x}/b',
    );
  });
});
