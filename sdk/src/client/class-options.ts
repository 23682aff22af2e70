import type { CallOptions, ClientOptions } from '../runtime/client.ts';
import type { TokenProvider } from '../runtime/credentials.ts';

/** What the class is made with: the options of a client, with the token under its own name. */
export interface ClassOptions extends Omit<ClientOptions, 'auth'> {
  /** The bearer token, or what gives it; it is sent to operations that take one, and to no other. */
  readonly token?: string | TokenProvider | undefined;
}

/** Options of one call. The client is that of the object. */
export type MethodOptions = Omit<CallOptions, 'client'>;
