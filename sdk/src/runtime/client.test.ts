import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { getTicket, listTickets } from '../../test/sample-operations.ts';
import { createClient, getDefaultClient, setDefaultClient, type Client } from './client.ts';
import { paginate } from './paginate.ts';
import { unwrap } from './unwrap.ts';

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

test('a default client that is given as a function is that of the request that is being answered', async () => {
  const requests = new AsyncLocalStorage<Client>();
  setDefaultClient(() => requests.getStore());
  const answer = (user: string): Promise<unknown> => {
    const client = createClient({
      baseUrl: 'http://a.test',
      auth: async () => user,
      fetch: async (_, init) => {
        await new Promise(setImmediate);
        return Response.json({ items: [{ title: new Headers(init?.headers).get('authorization') }] });
      },
    });
    return requests.run(client, async () => {
      await new Promise(setImmediate);
      const titles: string[] = [];
      for await (const { title } of paginate(listTickets)) titles.push(title);
      return [titles, (await unwrap(listTickets())).items[0]?.title];
    });
  };
  const users = ['ann', 'bob', 'cleo'];
  assert.deepEqual(
    await Promise.all(users.map(answer)),
    users.map((user) => [[`Bearer ${user}`], `Bearer ${user}`]),
  );
  await assert.rejects(listTickets(), { name: 'RequestError', message: /^listTickets: No client/ });
  setDefaultClient(undefined);
});
