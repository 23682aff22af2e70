import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';

/** Limits in time and size that one connection has. Milliseconds and bytes. */
export interface HttpServerOptions {
  /** A request's headers must be complete within this. */
  readonly headersTimeoutMs: number;
  /** A whole request, body included, must be complete within this. */
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
}

const CONNECTIONS_CHECKING_INTERVAL_MS = 1000;
const MAX_HEADER_BYTES = 16 * 1024;
/** A connection is replaced now and then, so that load balancers can spread it anew. */
const MAX_REQUESTS_PER_SOCKET = 10_000;
const MAX_CONNECTIONS = 10_000;

/** The statuses and slugs of what Node's parser refuses, by error code. */
const PARSER_REFUSALS: Readonly<Record<string, readonly [status: string, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers-too-large',
    'The headers are too large.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    '413 Payload Too Large',
    'body-too-large',
    'The chunk extensions are too large.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'request-timeout',
    'The request took too long to arrive.',
  ],
};
const BAD_REQUEST = ['400 Bad Request', 'bad-request', 'The request is not valid HTTP.'] as const;

/** A node:http server around the app; `listen.ts` starts it and `drain.ts` ends it. */
export function createHttpServer(app: RequestListener, options: HttpServerOptions): Server {
  const server = createServer(
    {
      headersTimeout: Math.min(options.headersTimeoutMs, options.requestTimeoutMs),
      requestTimeout: options.requestTimeoutMs,
      keepAliveTimeout: options.keepAliveTimeoutMs,
      connectionsCheckingInterval: CONNECTIONS_CHECKING_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // The app answers these itself, as a problem.
      requireHostHeader: false,
      insecureHTTPParser: false,
    },
    app,
  );
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET;
  server.maxConnections = MAX_CONNECTIONS;
  trackSockets(server);
  server.prependListener('request', noteResponse);
  server.on('clientError', answerClientError);
  // A client that asks before it sends its body is told to go on by whoever is going to read it, so a refusal costs it
  // no upload.
  server.on('checkContinue', app);
  // Without a listener Node would answer 417 without a body; expectations of any kind are simply not met.
  server.on('checkExpectation', app);
  return server;
}

const openSockets = new WeakMap<Server, Set<Socket>>();

function trackSockets(server: Server): void {
  const sockets = new Set<Socket>();
  openSockets.set(server, sockets);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
}

/** Closes connections on which nothing was ever sent: to Node they are busy, and would hold up the end. */
export function closeUnusedConnections(server: Server): void {
  for (const socket of openSockets.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}

/** The response that each connection is waiting for, or had last. */
const lastResponses = new WeakMap<Socket, ServerResponse>();

function noteResponse(request: IncomingMessage, response: ServerResponse): void {
  lastResponses.set(request.socket, response);
}

/**
 * Whether an answer is under way on the connection. It is then the last one there: another for what came after its request
 * would be taken for its own. An answer to a request whose own body broke off is broken off too.
 */
function endsWithLastResponse(socket: Socket): boolean {
  const last = lastResponses.get(socket);
  if (last === undefined || last.writableFinished) return false;
  if (last.writableEnded || last.req.complete) {
    if (!last.headersSent) last.setHeader('connection', 'close');
    last.once('finish', () => socket.destroySoon());
    return true;
  }
  if (last.headersSent) socket.destroy();
  return last.headersSent;
}

/** Requests that the parser refuses never reach the app; they get a problem too, and the connection is closed. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (endsWithLastResponse(socket)) return;
  const [status, code, detail] = PARSER_REFUSALS[error.code ?? ''] ?? BAD_REQUEST;
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title: status.slice(4),
    status: Number(status.slice(0, 3)),
    detail,
    requestId: crypto.randomUUID(),
  });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'X-Content-Type-Options: nosniff',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
