import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** The answer to a request that never reaches the app. */
export interface RawRefusal {
  readonly status: number;
  /** Kebab-case slug: the last segment of the problem's `type`. */
  readonly code: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What Node's parser refuses, by error code; everything else is a `BAD_REQUEST`. */
export const PARSER_REFUSALS: Readonly<Record<string, RawRefusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    detail: 'The headers are too large.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'body-too-large',
    detail: 'The chunk extensions are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-timeout',
    detail: 'The request took too long to arrive.',
  },
};

export const BAD_REQUEST: RawRefusal = {
  status: 400,
  code: 'bad-request',
  detail: 'The request is not valid HTTP.',
};

/** `CONNECT` asks for a tunnel, which no resource here is. Source: RFC 9110 section 9.3.6. */
export const NO_TUNNEL: RawRefusal = {
  status: 405,
  code: 'method-not-allowed',
  detail: 'This server opens no tunnels.',
  headers: { Allow: 'GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE' },
};

/** Time that a client has to close its half of the connection; nothing else bounds it any more. */
const LINGER_MS = 1000;

/**
 * Writes a problem onto the socket itself and closes the connection.
 *
 * @returns the id that the client was given: the request has no other.
 */
export function refuseRaw(socket: Socket, { status, code, detail, headers = {} }: RawRefusal): string {
  const requestId = randomUUID();
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail, requestId });
  const fields = {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n'));
  // Unread bytes would turn the end into a reset, which can take the answer with it.
  socket.resume();
  socket.setTimeout(LINGER_MS, () => socket.destroy());
  return requestId;
}
