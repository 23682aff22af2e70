import { listRecipeTags } from '@chompardo/sdk';

import { createStore, useStore } from '../ui/store.ts';

/** Whether the API answered the last time it was asked. `slow`: it has not answered yet, and that takes longer than usual. */
export type Connection = 'answering' | 'slow' | 'silent';

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

/** How long an answer may take before the app says that it takes long. */
const USUAL_MS = 4000;

const waiting = new Map<object, ReturnType<typeof setTimeout>>();

/** A request goes out; `attempt` tells it from others. */
export function reportRequest(attempt: object): void {
  const timer = setTimeout(() => {
    if (connection.get() === 'answering') connection.set('slow');
  }, USUAL_MS);
  waiting.set(attempt, timer);
}

/** Its answer came, or will not. */
export function reportEnd(attempt: object): void {
  clearTimeout(waiting.get(attempt));
  waiting.delete(attempt);
  if (waiting.size === 0 && connection.get() === 'slow') connection.set('answering');
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
