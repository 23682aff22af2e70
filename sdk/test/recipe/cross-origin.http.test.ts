/** What sdk/README says of apps in a browser on another origin, held to what the API answers them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, suite, test } from 'node:test';

import { startTestApp } from '../../../tests/kit/app.ts';
import { createFakeAuthenticators } from '../../../tests/kit/fake-authenticators.ts';
import { noDatabase } from '../../../tests/kit/own-modules.ts';
import * as sdk from '../../src/index.ts';
import type { OperationDescriptor } from '../../src/runtime/descriptor.ts';

const ORIGIN = 'https://app.example';
const api = await startTestApp({
  authenticators: createFakeAuthenticators(),
  database: noDatabase(() => {}),
  allowedOrigins: [ORIGIN],
});
after(() => api[Symbol.asyncDispose]());

const descriptors = Object.values(sdk).flatMap((value): readonly OperationDescriptor[] =>
  typeof value === 'function' && 'descriptor' in value ? [value.descriptor] : [],
);
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const section = /^### From another origin\n(.*?)^#/ms.exec(readme)?.[1]?.replaceAll(/\s+/g, ' ') ?? '';

/** The values of a header that is a list. */
const listOf = (response: Response, name: string): readonly string[] =>
  response.headers.get(name)?.split(', ') ?? [];

function preflight({ method, path }: OperationDescriptor, headers: readonly string[]): Promise<Response> {
  return api.fetch(path.replaceAll(/[{}]/g, ''), {
    method: 'OPTIONS',
    headers: {
      origin: ORIGIN,
      'access-control-request-method': method,
      'access-control-request-headers': headers.join(','),
    },
  });
}

suite('an app on another origin', () => {
  test('reads the response headers that the README lists, those that the contract declares, and no others', async () => {
    const [, list = ''] = /declares, and (.*?)\./.exec(section) ?? [];
    const listed = [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
    const declared = descriptors.flatMap(({ responseHeaders }) => Object.keys(responseHeaders ?? {}));
    assert.ok(listed.length > 0 && declared.length > 0);
    const response = await api.fetch('/recipes', { headers: { origin: ORIGIN } });
    assert.deepEqual(
      listOf(response, 'access-control-expose-headers'),
      [...new Set([...listed, ...declared])].toSorted(),
    );
  });

  test('may call every operation, with each header that the SDK sends', async () => {
    assert.ok(descriptors.length > 0);
    for (const descriptor of descriptors) {
      const sent = ['authorization', 'content-type', ...Object.keys(descriptor.headers ?? {})];
      const response = await preflight(descriptor, sent);
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('access-control-allow-origin'), ORIGIN);
      assert.ok(listOf(response, 'access-control-allow-methods').includes(descriptor.method));
      assert.equal(response.headers.get('access-control-allow-headers'), sent.join(','));
    }
  });

  test('sends no cookies, and has its preflights kept as long as the README says', async () => {
    assert.match(section, /It takes tokens and no cookies/);
    assert.match(section, /The API lets it keep the answer for a day;/);
    for (const descriptor of descriptors) {
      const { headers } = await preflight(descriptor, ['authorization']);
      assert.equal(headers.get('access-control-allow-credentials'), null);
      assert.equal(headers.get('access-control-max-age'), String(24 * 60 * 60));
    }
  });
});
