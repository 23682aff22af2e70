import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { BAD_REQUEST, NO_TUNNEL, PARSER_REFUSALS, refuseRaw, type RawRefusal } from './raw-refusals.ts';

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
/** A connection is replaced now and then, so that load balancers can spread the load again. */
const MAX_REQUESTS_PER_SOCKET = 10_000;
const MAX_CONNECTIONS = 10_000;

/** A request that never reached the app, for the log: nothing of what was sent is in it. */
export interface RefusedRequest {
  readonly requestId: string;
  readonly status: number;
  readonly reason: string;
}

/**
 * A node:http server around the app; `listen.ts` starts it and `drain.ts` ends it.
 *
 * @param onRefused told of each request that was answered without the app.
 */
export function createHttpServer(
  app: RequestListener,
  options: HttpServerOptions,
  onRefused: (refused: RefusedRequest) => void = () => undefined,
): Server {
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
  // What the parser refuses gets a problem too, and ends the connection.
  const refuse = (socket: Socket, refusal: RawRefusal, reason: string): void => {
    if (endsWithLastResponse(socket)) return;
    onRefused({ requestId: refuseRaw(socket, refusal), status: refusal.status, reason });
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const { code = 'unknown' } = error;
    if (!socket.writable || code === 'ECONNRESET') socket.destroy();
    else refuse(socket, PARSER_REFUSALS[code] ?? BAD_REQUEST, code);
  });
  // Without a listener Node would close the connection without a word.
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    // Node has let go of the socket: its errors are ours to handle.
    socket.on('error', () => socket.destroy());
    refuse(socket, NO_TUNNEL, 'CONNECT');
  });
  // A client that asks before it sends its body is told to go on when the body is about to be read, so a refusal costs
  // it no upload.
  server.on('checkContinue', app);
  // Without a listener Node would answer 417 without a body; expectations of any kind are simply not met.
  server.on('checkExpectation', app);
  return server;
}

/** Whether this process should be sent requests. Goes off once, when the process begins to end. */
export class Readiness {
  /** Whether the database lacks migrations: requests that need none of them are answered all the same. */
  hasPendingMigrations = false;
  #isDraining = false;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  drain(): void {
    this.#isDraining = true;
  }
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

const LAST_RESPONSE = Symbol('last response');

/** A connection, and the response that it is waiting for or had last. A `WeakMap` would cost more, each time a response begins. */
interface ServedSocket extends Socket {
  [LAST_RESPONSE]?: ServerResponse;
}

function noteResponse(request: IncomingMessage, response: ServerResponse): void {
  const socket: ServedSocket = request.socket;
  socket[LAST_RESPONSE] = response;
}

/**
 * Whether an answer is under way on the connection. It is then the last one there: another for what came after its request
 * would be taken for its own. An answer to a request whose own body broke off is broken off too.
 */
function endsWithLastResponse(socket: ServedSocket): boolean {
  const last = socket[LAST_RESPONSE];
  if (last === undefined || last.writableFinished) return false;
  if (last.writableEnded || last.req.complete) {
    if (!last.headersSent) last.setHeader('connection', 'close');
    last.once('finish', () => socket.destroySoon());
    return true;
  }
  if (last.headersSent) socket.destroy();
  return last.headersSent;
}
