import { listRecipeTags } from '@chompardo/sdk';

import { createStore, useStore } from '../ui/store.ts';

/** Whether the API answered the last time it was asked. */
export type Connection = 'answering' | 'silent';

const connection = createStore<Connection>('answering');

/** Follows the connection. */
export function useConnection(): Connection {
  return useStore(connection);
}

/** Calls back when the API answers again after a silence; returns what ends that. */
export function onReturn(callback: () => void): () => void {
  let before = connection.get();
  return connection.subscribe(() => {
    const now = connection.get();
    if (before === 'silent' && now === 'answering') callback();
    before = now;
  });
}

/** An answer came; 502 to 504 are a proxy's word that the API itself gave none. */
export function reportAnswer(status: number): void {
  connection.set(status >= 502 && status <= 504 ? 'silent' : 'answering');
}

/** No answer came. */
export function reportFailure(): void {
  connection.set('silent');
}

/** Asks the API something small; the hooks of the client report how it went. */
export async function knock(): Promise<void> {
  try {
    await listRecipeTags({ limit: 1 }, { retry: false, timeoutMs: 5000 });
  } catch {
    // Still no answer; the next attempt will tell.
  }
}
