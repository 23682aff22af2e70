import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';
import type { Message } from './message.ts';

/** A whole answer. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request that takes longer is one that hangs. */
const TIMEOUT_MS = 30_000;

/**
 * Sends a message as it is, without a client that mends it.
 *
 * @throws {Error} when the connection breaks before the answer is whole, or nothing comes.
 */
export function sendMessage(origin: string, agent: Agent, message: Message): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(origin);
  const { method, target, headers, body } = message;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.byteLength) };
    const call = httpRequest(
      {
        hostname,
        port,
        agent,
        method,
        path: target,
        headers: { ...headers, ...length },
        timeout: TIMEOUT_MS,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    call.on('timeout', () => call.destroy(new Error(`${method} ${target} was not answered.`)));
    call.on('error', reject);
    call.end(body);
  });
}
