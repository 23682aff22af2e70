import type { ServerResponse } from 'node:http';
import type { User } from '#kernel/auth/user.ts';
import type { OptionalAuthContext } from './context.ts';

/** The context of one call of a handler. The abort signal is made when a handler first asks for it. */
export class CallContext implements OptionalAuthContext {
  readonly requestId: string;
  readonly operationId: string;
  readonly user: User | undefined;
  readonly #response: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(requestId: string, operationId: string, user: User | undefined, response: ServerResponse) {
    this.requestId = requestId;
    this.operationId = operationId;
    this.user = user;
    this.#response = response;
  }

  get signal(): AbortSignal {
    this.#signal ??= createSignal(this.#response);
    return this.#signal;
  }
}

function createSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    if (!response.writableFinished) controller.abort(new Error('The client went away.'));
  };
  if (response.closed || response.destroyed) abort();
  else response.once('close', abort);
  return controller.signal;
}
