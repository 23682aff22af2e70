import type { Content, Operation } from '../operation.ts';
import { ResponseError } from './response-error.ts';

/** A body ready to be sent: bytes, or a stream of them. */
export type EncodedBody = Uint8Array | ReadableStream<Uint8Array>;

/**
 * Encodes a body before anything of the response is sent, so that a failure can still become a problem.
 *
 * @throws {ResponseError} when the value is not of the content's kind.
 */
export function encodeBody(operation: Operation, content: Content, body: unknown): EncodedBody {
  switch (content.kind) {
    case 'json':
    case 'problem': {
      const text: string | undefined = JSON.stringify(body);
      if (text === undefined) throw new ResponseError(operation.id, 'the body has no JSON form.');
      return Buffer.from(text);
    }
    case 'text':
      if (typeof body !== 'string') throw new ResponseError(operation.id, 'the body is no text.');
      return Buffer.from(body);
    case 'binary':
      if (body instanceof Uint8Array || isByteStream(body)) return body;
      throw new ResponseError(operation.id, 'the body is neither bytes nor a stream of bytes.');
    case 'form':
      return Buffer.from(encodeForm(body));
    case 'multipart':
      throw new ResponseError(operation.id, 'multipart responses are not supported.');
    default:
      return content.kind satisfies never;
  }
}

/** The `Content-Type` to send. JSON has no charset parameter (RFC 8259 section 11); text is sent as UTF-8. */
export function contentTypeOf(content: Content, named: string | undefined): string {
  const type = named ?? content.mediaType;
  return content.kind === 'text' && !type.includes(';') ? `${type}; charset=utf-8` : type;
}

function isByteStream(value: unknown): value is ReadableStream<Uint8Array> {
  return value instanceof ReadableStream;
}

function encodeForm(body: unknown): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(Object(body))) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined)
        form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
    }
  }
  return form.toString();
}
