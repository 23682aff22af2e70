import type { IncomingMessage } from 'node:http';
import { ProtocolError } from '../problems/protocol-error.ts';

/** What a request's first lines may not do, before anything of it is trusted. */
export interface RawGuardOptions {
  /** A `Content-Length` above this is refused at once, its body unread. */
  readonly maxBodyBytes: number;
}

/**
 * Refuses requests that two readers could understand differently, and bodies that would not be read.
 *
 * @throws {ProtocolError} 400 or 413.
 */
export function guardRawRequest(request: IncomingMessage, { maxBodyBytes }: RawGuardOptions): void {
  const hosts = request.headersDistinct['host'] ?? [];
  // RFC 9112 section 3.2: none (in HTTP/1.1), or more than one, is a bad request. Node takes the first of several.
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion === '1.1')) {
    throw badRequest('A request has exactly one Host header.');
  }
  // RFC 6750 section 2: a client uses one way to send one token.
  if ((request.headersDistinct['authorization'] ?? []).length > 1) {
    throw new ProtocolError(400, 'several-credentials', 'A request has at most one Authorization header.', {
      headers: { 'www-authenticate': 'Bearer error="invalid_request"' },
    });
  }
  if ((request.headersDistinct['content-type'] ?? []).length > 1) {
    throw badRequest('A request has at most one Content-Type header.');
  }
  // RFC 9112 section 6.1: Node takes `xchunked` for no coding and `identity, chunked` for chunked; others may not.
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    throw badRequest('The only Transfer-Encoding that is taken is chunked.');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    throw new ProtocolError(413, 'body-too-large', `The body is larger than ${maxBodyBytes} bytes.`, {
      headers: { connection: 'close' },
    });
  }
}

function badRequest(message: string): ProtocolError {
  return new ProtocolError(400, 'bad-request', message, { headers: { connection: 'close' } });
}
