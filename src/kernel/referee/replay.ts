import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { Socket } from 'node:net';
import { splitTarget } from '#kernel/http/exchange.ts';

/** What a second reader of a request came to. */
export type Reading = { readonly isAccepted: true } | { readonly isAccepted: false; readonly error: unknown };

/** A request as it came: its head, and all bytes of its body. */
export interface Recording {
  readonly request: IncomingMessage;
  readonly body: Uint8Array;
}

/** Where an app under `replay` says what it came to. */
export interface ReplayLocals extends Record<string, unknown> {
  settle: (reading: Reading) => void;
}

/**
 * Gives an app a recorded request again. It gets a message of its own, because it may change headers and eats the body; nothing that it
 * writes goes anywhere. HEAD comes as GET (RFC 9110 section 9.3.2), and an absolute target as its path (RFC 9112 section 3.2.2).
 *
 * @param app says what it came to by `response.locals.settle`.
 */
export function replay(app: RequestListener, { request, body }: Recording): Promise<Reading> {
  const socket = new Socket();
  const message = new IncomingMessage(socket);
  const [pathname, query] = splitTarget(request.url ?? '/');
  Object.assign(message, {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    url: query === '' ? pathname : `${pathname}?${query}`,
    headers: { ...request.headers },
    rawHeaders: [...request.rawHeaders],
    httpVersion: request.httpVersion,
    // All of it is here: a message that ends before would be taken for one that broke off.
    complete: true,
  });
  const response = new ServerResponse(message);
  const reading = new Promise<Reading>((settle) => {
    const locals: ReplayLocals = { settle };
    Object.assign(response, { locals });
    if (body.byteLength > 0) message.push(body);
    message.push(null);
    app(message, response);
  });
  return reading.finally(() => {
    message.destroy();
    socket.destroy();
  });
}
