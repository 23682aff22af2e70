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
    '/x/{name}.json',
    '/x/{name}.{extension}',
    '/x/v{major}-{minor}.zip',
    '/grüße/{id}ä',
    '/a b',
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
    ['/x/report.v2.json', ['/x/{name}.json', { name: 'report.v2' }]],
    ['/x/.json.json', ['/x/{name}.json', { name: '.json' }]],
    ['/x/report.v2.xml', ['/x/{name}.{extension}', { name: 'report', extension: 'v2.xml' }]],
    ['/x/v1-2-3.zip', ['/x/v{major}-{minor}.zip', { major: '1', minor: '2-3' }]],
    ['/x/v--1.zip', ['/x/v{major}-{minor}.zip', { major: '-', minor: '1' }]],
    ['/gr%C3%BC%C3%9Fe/5%C3%A4', ['/grüße/{id}ä', { id: '5' }]],
    ['/a%20b', ['/a b', {}]],
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
    '/x/json',
    '/x/v-1.zip/',
    '/grüße/5ä',
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
