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
    '/tickets',
    '/tickets/{ticketId}',
    '/tickets/popular',
    '/tickets/{ticketId}/steps/{step}',
    '/tickets/popular/today',
    '/files/{name}.{extension}',
    '/files/{name}',
    '/trailing/',
  );

  const cases: readonly (readonly [string, unknown])[] = [
    ['/', ['/', {}]],
    ['/tickets', ['/tickets', {}]],
    ['/tickets/5', ['/tickets/{ticketId}', { ticketId: '5' }]],
    ['/tickets/a%2Fb', ['/tickets/{ticketId}', { ticketId: 'a%2Fb' }]],
    ['/tickets/popular', ['/tickets/popular', {}]],
    ['/tickets/popular/steps/1', ['/tickets/{ticketId}/steps/{step}', { ticketId: 'popular', step: '1' }]],
    ['/files/a.tar.gz', ['/files/{name}.{extension}', { name: 'a', extension: 'tar.gz' }]],
    ['/files/a', ['/files/{name}', { name: 'a' }]],
    ['/trailing/', ['/trailing/', {}]],
  ];
  for (const [path, expected] of cases) {
    test(`finds ${path}`, () => assert.deepEqual(find(table, path), expected));
  }

  for (const path of [
    '/tickets/',
    '/Tickets',
    '//tickets',
    '/tickets//',
    '/tickets/5/',
    '/recip%65s',
    '/trailing',
    '/nope',
    '',
    '*',
    'tickets',
    '/tickets/5/steps',
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
