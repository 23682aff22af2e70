import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkHouseStyle } from '../check-house-style.ts';
import { specSet } from '../../testing/spec-set.ts';
import { servedAtRoot } from './served-at-root.ts';

function found(url: string): readonly string[] {
  const servers = `servers:\n  - { url: '${url}', description: Here. }\n`;
  const specs = specSet({ 'openapi.yaml': servers, 'ticket/openapi.yaml': servers });
  return checkHouseStyle(specs, [servedAtRoot]).map(({ at, message }) => `${at.file}:${at.line} ${message}`);
}

for (const [url, path] of [
  ['/api/v1', '/api/v1'],
  ['/api/v1/', '/api/v1'],
  ['api', '/api'],
  ['https://example.com/v1', '/v1'],
  ['https://{region}.example.com/{base}', '/base'],
  ['//example.com/v1', '/v1'],
] as const) {
  test(`the base path of ${url} is found in each document`, () => {
    const all = found(url);
    assert.deepEqual(
      all.map((line) => line.split(' ')[0]),
      ['specs/openapi.yaml:2', 'specs/ticket/openapi.yaml:2'],
    );
    assert.match(all[0] ?? '', new RegExp(`below "${path}"`));
  });
}

for (const url of [
  '/',
  '',
  '.',
  'https://example.com',
  'https://example.com/',
  'http://{host}:{port}',
  '//example.com',
]) {
  test(`"${url}" has none`, () => assert.deepEqual(found(url), []));
}
