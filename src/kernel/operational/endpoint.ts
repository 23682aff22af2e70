import type { IncomingMessage, ServerResponse } from 'node:http';
import { isNotModified } from '#kernel/contract/entity-tags.ts';

/** A resource that is served outside of the contract: public, `GET` and `HEAD` only. */
export interface Endpoint {
  read(): Promise<Representation>;
}

/** What an endpoint answers now. */
export interface Representation {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Names in lower case. An `etag` makes the endpoint answer conditional requests. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a representation, or 304 when the client has it. */
export function sendRepresentation(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, body, headers }: Representation,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (isNotModified(request.headers['if-none-match'], headers['etag'])) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', body.byteLength);
  response.end(request.method === 'HEAD' ? undefined : body);
}
