import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EncodedBody } from './handler-response.ts';

/** A response of which everything is known but the bytes of a stream. */
export interface PreparedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly contentType: string | undefined;
  readonly body: EncodedBody | undefined;
}

/** Sends a response; resolves when it is complete or the client is gone. `HEAD` gets the headers of `GET`. */
export async function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, contentType, body }: PreparedResponse,
): Promise<void> {
  const isHead = request.method === 'HEAD';
  if (body instanceof ReadableStream) {
    await sendStream(response, body, {
      isHead,
      // Events may be long in coming: their reader is to know at once that it is connected.
      startsAtOnce: /^text\/event-stream\b/i.test(contentType ?? ''),
      start: () => writeHead(response, status, headers, contentType),
    });
    return;
  }
  writeHead(response, status, headers, contentType);
  if (body !== undefined) response.setHeader('content-length', Buffer.byteLength(body));
  response.end(isHead ? undefined : withHead(body, headers));
}

function writeHead(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | string[]>>,
  contentType: string | undefined,
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (contentType !== undefined) response.setHeader('content-type', contentType);
}

/** Node writes a text and the head as one piece, which costs one system call less; both in UTF-8, so only where the head is ASCII. */
function withHead(
  body: string | Uint8Array | undefined,
  headers: PreparedResponse['headers'],
): string | Uint8Array | undefined {
  if (typeof body !== 'string') return body;
  return Object.values(headers)
    .flat()
    .some((value) => NOT_ASCII.test(value))
    ? Buffer.from(body)
    : body;
}

const NOT_ASCII = /[\x80-\xff]/;

/**
 * Sends a stream with back pressure. Its first chunk is awaited before the status line, so that a stream that fails at
 * once is a problem; one that fails later breaks the connection, which is the only way left to say so.
 */
async function sendStream(
  response: ServerResponse,
  stream: ReadableStream<Uint8Array>,
  {
    isHead,
    startsAtOnce,
    start,
  }: { readonly isHead: boolean; readonly startsAtOnce: boolean; readonly start: () => void },
): Promise<void> {
  const reader = stream.getReader();
  const stop = (): void => void reader.cancel(new Error('The client went away.')).catch(ignore);
  response.once('close', stop);
  try {
    if (startsAtOnce) {
      start();
      response.flushHeaders();
    }
    let next = isHead ? undefined : await reader.read();
    if (!startsAtOnce) start();
    while (next?.done === false && !response.destroyed) {
      if (!response.write(next.value)) await untilWritable(response);
      next = await reader.read();
    }
    if (isHead) await reader.cancel();
    response.end();
  } catch (error) {
    if (!response.headersSent) throw error;
    response.destroy(error instanceof Error ? error : new Error('The response broke off.', { cause: error }));
  } finally {
    response.off('close', stop);
  }
}

/** Resolves when more can be written, or when the client is gone. */
function untilWritable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.on('drain', settle);
    response.on('close', settle);
  });
}

function ignore(): void {
  // The reader is gone: that the stream failed to stop changes nothing.
}
