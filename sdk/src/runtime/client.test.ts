import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { getTicket } from '../../test/sample-operations.ts';
import { createClient, getDefaultClient, setDefaultClient } from './client.ts';

suite('createClient', () => {
  test('refuses a base URL that nothing can be joined to', () => {
    for (const baseUrl of [
      '',
      '/api',
      'ftp://a.test',
      'http://a.test/?x=1',
      'http://a.test/#x',
      'http://a.test?',
    ]) {
      assert.throws(() => createClient({ baseUrl }), TypeError, baseUrl);
    }
  });

  test('does not echo credentials of a base URL', () => {
    assert.throws(
      () => createClient({ baseUrl: 'http://user:secret@a.test' }),
      (error: Error) => !inspect(error).includes('secret'),
    );
  });

  test('keeps the token out of what is printed', () => {
    const client = createClient({ baseUrl: 'http://a.test', auth: 'secret' });
    assert.ok(!inspect(client, { depth: Infinity, showHidden: true }).includes('secret'));
    assert.ok(!JSON.stringify(client).includes('secret'));
  });

  test('without a default client, a call says what to do', async () => {
    setDefaultClient(undefined);
    await assert.rejects(
      getTicket({ ticketId: 'a' }),
      /No client: pass \{ client \}, or call setDefaultClient/,
    );
  });

  test('the default client is the one that was set last', () => {
    const client = createClient({ baseUrl: 'http://a.test' });
    setDefaultClient(client);
    assert.equal(getDefaultClient(), client);
    setDefaultClient(undefined);
  });
});
