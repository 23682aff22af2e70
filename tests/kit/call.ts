import { connect } from 'node:net';
import type { TestApp, TestRequest } from './app.ts';

/** A whole answer, its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Calls a path as user `ann`, unless the request brings its own credentials. */
export async function call(api: TestApp, path: string, init: TestRequest = {}): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (!headers.has('authorization') && init.token === undefined) headers.set('authorization', 'Bearer ann');
  const response = await api.fetch(path, { redirect: 'manual', ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What an echoing handler was given. */
export function requestOf({ text }: Answer): unknown {
  const echo: unknown = JSON.parse(text);
  if (typeof echo !== 'object' || echo === null || !('request' in echo)) throw new Error(`No echo: ${text}`);
  const request: unknown = JSON.parse(String(echo.request));
  return request;
}

/**
 * Sends bytes as they are, for requests that no well-behaved client makes; gives everything that came back. Header
 * lines and the body are joined with CRLF.
 */
export function sendRaw(api: Pick<TestApp, 'origin'>, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(api.origin).port), '127.0.0.1');
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(lines.join('\r\n'), 'latin1');
  });
}
