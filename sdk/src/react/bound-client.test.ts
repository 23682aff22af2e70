import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  InfiniteQueryObserver,
  MutationObserver,
  QueryClient,
  QueryClientProvider,
  QueryObserver,
  skipToken,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { createElement, Suspense } from 'react';
import { prerender } from 'react-dom/static';
import { createClient, setDefaultClient, type Client } from '../runtime/client.ts';
import {
  createTicketMutation,
  getTicketQuery,
  listTicketsInfiniteQuery,
  listTicketsQuery,
} from '../testing/ticket/react.ts';
import { bindClient } from './bound-client.ts';

/** A client whose API answers each call with the name of its user, after other work has been done. */
function clientOf(user: string): Client {
  return createClient({
    baseUrl: 'http://a.test',
    auth: user,
    fetch: async (input, init) => {
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      const title = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '');
      const ticket = { id: 'a', title };
      const isList = /tickets(\?|$)/.test(new Request(input).url) && init?.method === 'GET';
      const headers = { etag: '"1"', location: '/tickets/a' };
      return Response.json(isList ? { items: [ticket] } : ticket, {
        headers,
        status: init?.method === 'POST' ? 201 : 200,
      });
    },
  });
}

function cacheOf(user: string): QueryClient {
  const cache = new QueryClient();
  bindClient(cache, clientOf(user));
  return cache;
}

function Title(): string {
  return useSuspenseQuery(getTicketQuery({ ticketId: 'a' })).data.data.title;
}

async function render(cache: QueryClient): Promise<string> {
  const page = createElement(Suspense, { fallback: 'waiting' }, createElement(Title));
  const { prelude } = await prerender(createElement(QueryClientProvider, { client: cache }, page));
  return new Response(prelude).text();
}

suite('the client that is bound to a cache', () => {
  const users = ['ann', 'bob', 'cleo'];

  test('is that of components that a server renders, for each request its own', async () => {
    setDefaultClient(undefined);
    const pages = await Promise.all(users.map((user) => render(cacheOf(user))));
    for (const [index, page] of pages.entries()) {
      assert.deepEqual(
        users.filter((user) => page.includes(user)),
        [users[index]],
        page,
      );
    }
  });

  test('is that of queries, of lists that grow, and of mutations', async () => {
    for (const user of users) {
      const cache = cacheOf(user);
      const list = await cache.fetchQuery(listTicketsQuery());
      const pages = await cache.fetchInfiniteQuery(listTicketsInfiniteQuery());
      const created = await new MutationObserver(cache, createTicketMutation()).mutate({
        body: { title: 'x' },
      });
      const titles = [list.data.items[0]?.title, pages.pages[0]?.items[0]?.title, created.data.title];
      assert.deepEqual(titles, [user, user, user]);
      cache.clear();
    }
  });

  test('gives way to the one that is named, and there is the default one without it', async () => {
    const named = await cacheOf('ann').fetchQuery(
      getTicketQuery({ ticketId: 'a' }, { client: clientOf('bob') }),
    );
    assert.equal(named.data.title, 'bob');
    setDefaultClient(clientOf('cleo'));
    const unbound = await new QueryClient().fetchQuery(getTicketQuery({ ticketId: 'a' }));
    assert.equal(unbound.data.title, 'cleo');
    setDefaultClient(undefined);
  });
});

test('skipToken for parameters asks nothing, and keeps nothing', () => {
  const cache = cacheOf('ann');
  const query = new QueryObserver(cache, getTicketQuery(skipToken));
  const list = new InfiniteQueryObserver(cache, listTicketsInfiniteQuery(skipToken));
  for (const observer of [query, list]) {
    const stop = observer.subscribe(() => undefined);
    assert.equal(observer.getCurrentResult().fetchStatus, 'idle');
    stop();
  }
  assert.deepEqual(getTicketQuery(skipToken).queryKey, getTicketQuery.key);
  assert.deepEqual(listTicketsInfiniteQuery(skipToken).queryKey, listTicketsInfiniteQuery.key);
  cache.clear();
});
