import { createClient, type CallOptions, type Client, type ClientOptions } from '../src/runtime/client.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { startMisbehavingServer, type MisbehavingServer, type Step } from './misbehaving-server.ts';
import { getTicket } from './sample-operations.ts';

/** What the sample operations answer where a ticket matters to nobody. */
export const SOUP = { id: 'soup', title: 'Soup' };

/** A client, the server that it calls, and the clock that it waits by. */
export interface Scene extends AsyncDisposable {
  readonly server: MisbehavingServer;
  readonly clock: ManualClock;
  readonly client: Client;
}

/** Starts a server that follows the steps, and a client of it. */
export async function scene(steps: readonly Step[], options: Partial<ClientOptions> = {}): Promise<Scene> {
  const server = await startMisbehavingServer(...steps);
  const clock = createManualClock();
  return {
    server,
    clock,
    client: createClient({ baseUrl: server.baseUrl, clock, ...options }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Calls the sample operation that reads one ticket. */
export const get = (client: Client, options: CallOptions = {}): ReturnType<typeof getTicket> =>
  getTicket({ ticketId: 'soup' }, { client, ...options });
