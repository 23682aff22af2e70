import type { QueryClient } from '@tanstack/react-query';

import type { Client } from '../runtime/client.ts';

const clients = new WeakMap<QueryClient, Client>();

/**
 * Makes `client` the one of all queries and mutations of a cache that name none. A server that renders has a `QueryClient` for each
 * request: bind the client of its user to it, and components call the API as that user, on the server and in the browser alike.
 */
export function bindClient(cache: QueryClient, client: Client): void {
  clients.set(cache, client);
}

/** The client of a call: the one that is named, or that of the cache; undefined is the default one. */
export function clientFor(cache: QueryClient | undefined, named: Client | undefined): Client | undefined {
  return named ?? (cache && clients.get(cache));
}
