import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Credentials } from '#kernel/contract/ports.ts';

import { createBearerAuthenticator } from './bearer-authenticator.ts';
import { AmbiguousCredentialsError, InvalidTokenError } from './errors.ts';

const authenticator = createBearerAuthenticator(async (token) => ({ subject: token, scopes: [] }));

function credentials(lines: readonly string[], query = ''): Credentials {
  return { headerLines: (name) => (name === 'authorization' ? lines : []), query };
}

suite('bearer credentials', () => {
  for (const line of ['Bearer abc', 'bearer abc', 'BEARER abc']) {
    // @requirement 5
    test(`are found in "${line}"`, async () => {
      assert.equal((await authenticator.authenticate(credentials([line])))?.subject, 'abc');
    });
  }

  for (const line of ['Basic abc', 'Basic bearer', 'Bearerabc', 'Token Bearer abc', '']) {
    // @requirement 3
    test(`are not found in "${line}"`, async () => {
      assert.equal(await authenticator.authenticate(credentials([line])), undefined);
    });
  }

  // @requirement 6
  test('are not taken from the query', async () => {
    assert.equal(await authenticator.authenticate(credentials([], 'access_token=abc')), undefined);
  });

  // @requirement 19
  test('are refused when they are longer than any token', async () => {
    const line = `Bearer ${'a'.repeat(8193)}`;
    await assert.rejects(authenticator.authenticate(credentials([line])), InvalidTokenError);
  });

  for (const [what, given] of [
    ['two lines', credentials(['Bearer a', 'Bearer b'])],
    ['two equal lines', credentials(['Bearer a', 'Bearer a'])],
    ['two lines, one of another scheme', credentials(['Basic a', 'Bearer a'])],
    ['a line and a query', credentials(['Bearer a'], 'limit=1&access_token=b')],
    ['a line and a query that spells it otherwise', credentials(['Bearer a'], 'access%5Ftoken=b')],
    ['a line and a query without a value', credentials(['Bearer a'], 'access_token')],
  ] as const) {
    // @requirement 4
    test(`are refused in ${what}`, async () => {
      await assert.rejects(authenticator.authenticate(given), AmbiguousCredentialsError);
    });
  }

  test('are handed over as they are, however odd', async () => {
    assert.equal((await authenticator.authenticate(credentials(['Bearer'])))?.subject, '');
    assert.equal((await authenticator.authenticate(credentials(['Bearer  a'])))?.subject, ' a');
    assert.equal((await authenticator.authenticate(credentials(['Bearer a b'])))?.subject, 'a b');
  });
});

suite('challenges', () => {
  // @requirement 1
  test('carry no error when there were no credentials', () => {
    const error = authenticator.missingCredentials();
    assert.equal(error.kind, 'unauthenticated');
    assert.deepEqual('responseHeaders' in error && error.responseHeaders, { 'www-authenticate': 'Bearer' });
  });

  test('name the scope that is missing, without breaking out of the header', () => {
    const error = authenticator.insufficientScope(['tickets:write', 'a"b', 'x\r\ny', 'admin']);
    assert.equal(error.kind, 'forbidden');
    assert.deepEqual('responseHeaders' in error && error.responseHeaders, {
      'www-authenticate': 'Bearer error="insufficient_scope", scope="tickets:write admin"',
    });
  });
});
