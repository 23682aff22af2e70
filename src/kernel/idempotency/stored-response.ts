import type { PreparedResponse } from '#kernel/contract/respond/send-response.ts';

/** A response as its row holds it. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly contentType: string | null;
  readonly body: Uint8Array | null;
}

/** @throws {TypeError} for a stream, which could not be sent again. */
export function toStored({ status, headers, contentType, body }: PreparedResponse): StoredResponse {
  if (body instanceof ReadableStream) throw new TypeError('A stream cannot be kept to be sent again.');
  return { status, headers, contentType: contentType ?? null, body: bytesOf(body) };
}

function bytesOf(body: string | Uint8Array | undefined): Uint8Array | null {
  return typeof body === 'string' ? Buffer.from(body) : (body ?? null);
}

/** @throws {TypeError} when the row is not one that `toStored` made. */
export function readStored(row: unknown): {
  readonly fingerprint: Uint8Array;
  readonly response: PreparedResponse;
} {
  if (typeof row !== 'object' || row === null) throw notStored();
  const fingerprint: unknown = Reflect.get(row, 'fingerprint');
  const headers: unknown = Reflect.get(row, 'headers');
  const contentType: unknown = Reflect.get(row, 'content_type');
  const body: unknown = Reflect.get(row, 'body');
  if (!(fingerprint instanceof Uint8Array) || typeof headers !== 'object' || headers === null) {
    throw notStored();
  }
  return {
    fingerprint,
    response: {
      status: Number(Reflect.get(row, 'status')),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerOf(value)])),
      contentType: typeof contentType === 'string' ? contentType : undefined,
      body: body instanceof Uint8Array ? body : undefined,
    },
  };
}

function headerOf(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function notStored(): TypeError {
  return new TypeError('The stored response cannot be read.');
}
