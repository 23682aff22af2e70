import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { pathPredicate } from './path-predicate.ts';

function match(base: string, template: string, url: string): Readonly<Record<string, string>> | undefined {
  const { matches, params } = pathPredicate(base, template)({ request: new Request(url) });
  return matches ? params : undefined;
}

const HOST = 'https://mocked.test';

/** `[template, path, parameters]`; undefined: it is another path. */
const PATHS: readonly (readonly [string, string, Readonly<Record<string, string>> | undefined])[] = [
  ['/users', '/users', {}],
  ['/users', '/users?a=/users/1#b', {}],
  ['/users', '/users/', undefined],
  ['/users', '/usersx', undefined],
  ['/users/{user-id}', '/users/7', { 'user-id': '7' }],
  ['/users/{user.id}', '/users/7', { 'user.id': '7' }],
  ['/users/{user_id}', '/users/7', { user_id: '7' }],
  ['/users/{1}', '/users/7', { 1: '7' }],
  ['/users/{$id}', '/users/7', { $id: '7' }],
  ['/users/{größe}', '/users/7', { größe: '7' }],
  ['/users/{id}', '/users/', undefined],
  ['/users/{id}', '/users/a/b', undefined],
  ['/users/{id}', '/users/a%2Fb', { id: 'a/b' }],
  ['/users/{id}', '/users/%E0%A4%A', { id: '%E0%A4%A' }],
  ['/jars/{id}:open', '/jars/7:open', { id: '7' }],
  ['/jars/{id}:open', '/jars/7', undefined],
  ['/files/{name}.json', '/files/report.v2.json', { name: 'report.v2' }],
  ['/files/{name}.json', '/files/reportxjson', undefined],
  ['/a*b/{id}', '/a*b/1', { id: '1' }],
  ['/a*b/{id}', '/axb/1', undefined],
  ['/a+b(c)?d[e]/{id}', '/a+b(c)', undefined],
  ['/v1.0/{id}', '/v1x0/1', undefined],
  ['/straße und platz/{id}', '/straße und platz/1', { id: '1' }],
  ['/[a]"<b>`/{id}', '/[a]"<b>`/1', { id: '1' }],
  ['/{a}/{b-c}/{a_b}', '/1/2/3', { a: '1', 'b-c': '2', a_b: '3' }],
];

suite('pathPredicate', () => {
  for (const [template, path, expected] of PATHS) {
    test(`${template} and ${path}`, () => {
      for (const base of ['*', HOST, `${HOST}/`, ''])
        assert.deepEqual(match(base, template, `${HOST}${path}`), expected, base);
      assert.deepEqual(match(`${HOST}/api/v1`, template, `${HOST}/api/v1${path}`), expected);
      assert.deepEqual(match('/api/v1', template, `${HOST}/api/v1${path}`), expected);
    });
  }

  test('keeps to the base URL', () => {
    assert.equal(match(HOST, '/users', 'https://other.test/users'), undefined);
    assert.equal(match(`${HOST}/v1`, '/users', `${HOST}/v2/users`), undefined);
    assert.equal(match('/v1', '/users', `${HOST}/api/v1/users`), undefined);
    assert.deepEqual(match('*', '/users', `${HOST}/any/where/users`), {});
    assert.deepEqual(match('https://*.test', '/users', `${HOST}/users`), {});
  });
});
