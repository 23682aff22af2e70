import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the server does with one request. */
export type Step = (response: ServerResponse, request: IncomingMessage) => void;

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A real HTTP server that follows a script, one step for each request; the last step is repeated. */
export interface MisbehavingServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** Resolves when `count` requests have arrived in all. */
  arrived(count: number): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startMisbehavingServer(...steps: readonly Step[]): Promise<MisbehavingServer> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request;
      const step = steps[Math.min(received.length, steps.length - 1)];
      received.push({ method, target, headers, body: Buffer.concat(chunks) });
      step?.(response, request);
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen.');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    received,
    arrived: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers properly. */
export function reply(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Step {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Answers with JSON, and with the ETag that the sample operations must have. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Step {
  return reply(
    status,
    { 'content-type': 'application/json', etag: '"v1"', ...headers },
    JSON.stringify(value),
  );
}

/** Answers with a problem (RFC 9457). */
export function problem(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
  members: object = {},
): Step {
  const type = 'application/problem+json; charset=utf-8';
  const body = { type: `/problems/${status}`, title, status, requestId: 'r-1', ...members };
  return reply(status, { 'content-type': type, 'x-request-id': 'r-1', ...headers }, JSON.stringify(body));
}

/** The 401 that RFC 6750 section 3.1 asks for. */
export function invalidToken(): Step {
  return problem(401, 'Authentication required', { 'www-authenticate': 'Bearer error="invalid_token"' });
}

/** Cuts the connection instead of an answer. */
export const cut: Step = (response) => response.socket?.destroy();

/** Cuts the connection in the middle of the body. */
export const cutInBody: Step = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":', () => response.socket?.destroy());
};

/** Never answers. */
export const silence: Step = () => undefined;

/** Sends the head and the beginning of a body, and no more. */
export const stallInBody: Step = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":');
};

/** Sends a JSON string of `sizeBytes` without saying how long it is. */
export function huge(sizeBytes: number): Step {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', etag: '"v1"' });
    response.write('"');
    let left = sizeBytes;
    const more = (): void => {
      while (left > 0) {
        const size = Math.min(left, 65_536);
        left -= size;
        if (!response.write('x'.repeat(size))) {
          response.once('drain', more);
          return;
        }
      }
      response.end('"');
    };
    more();
  };
}
