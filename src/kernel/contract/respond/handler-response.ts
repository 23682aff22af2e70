import { mediaTypesMeet, parseMediaType } from '../body/content-negotiation.ts';
import type { Content, Operation, ResponseDescription } from '../operation.ts';

/** A handler's answer that breaks the contract or HTTP: a defect of ours, told to the log only. */
export class ResponseError extends Error {
  readonly operationId: string;

  constructor(operationId: string, message: string) {
    super(`Operation ${operationId}: ${message}`);
    this.name = 'ResponseError';
    this.operationId = operationId;
  }
}

/** What a handler returned, its types unknown to the runtime. */
export interface HandlerResponse {
  readonly status: number;
  readonly body: unknown;
  /** Names in lower case; undefined values are absent headers. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly contentType: string | undefined;
}

/** @throws {ResponseError} when a handler returned something else than a response. */
export function parseHandlerResponse(operation: Operation, value: unknown): HandlerResponse {
  if (typeof value !== 'object' || value === null || !('status' in value)) {
    throw new ResponseError(operation.id, 'the handler returned no response.');
  }
  const { status } = value;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new ResponseError(operation.id, 'the handler returned a status that is none.');
  }
  const headers: Record<string, unknown> = {};
  if ('headers' in value && typeof value.headers === 'object' && value.headers !== null) {
    for (const [name, header] of Object.entries(value.headers)) headers[name.toLowerCase()] = header;
  }
  const contentType =
    'contentType' in value && typeof value.contentType === 'string' ? value.contentType : undefined;
  return { status, body: 'body' in value ? value.body : undefined, headers, contentType };
}

/** The contract's description of a status: itself, else its range, else `default`; -1 when there is none. */
export function describingIndex(responses: readonly ResponseDescription[], status: number): number {
  const exact = responses.findIndex((response) => response.status === status);
  if (exact !== -1) return exact;
  const range = `${Math.trunc(status / 100)}XX`;
  const ranged = responses.findIndex((response) => response.status === range);
  return ranged === -1 ? responses.findIndex((response) => response.status === 'default') : ranged;
}

/**
 * The content that a response is an instance of, by the type that its handler named, or the only one there is. -1 when
 * the contract has no such content.
 */
export function contentIndex(contents: readonly Content[], contentType: string | undefined): number {
  if (contentType === undefined) return contents.length === 1 ? 0 : -1;
  const essence = parseMediaType(contentType)?.essence;
  if (essence === undefined) return -1;
  const exact = contents.findIndex(({ mediaType }) => mediaType === essence);
  return exact === -1 ? contents.findIndex(({ mediaType }) => mediaTypesMeet(mediaType, essence)) : exact;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** Headers that the runtime decides: a handler that sets one breaks the message. */
const RESERVED = new Set([
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'date',
  'x-request-id',
]);

/**
 * A handler's headers as they go out: names in lower case, values in style `simple`. Undefined values are left out,
 * `set-cookie` is a line per value.
 *
 * @throws {ResponseError} when a header is the runtime's to set, could split the response, or would be read as another value.
 */
export function encodeHeaders(
  operation: Operation,
  { headers, status }: Pick<HandlerResponse, 'headers' | 'status'>,
): Record<string, string | string[]> {
  const encoded: Record<string, string | string[]> = {};
  const described = operation.responses[describingIndex(operation.responses, status)]?.headers ?? [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (!HEADER_NAME.test(name) || RESERVED.has(name)) {
      throw new ResponseError(operation.id, `the handler may not set the header ${JSON.stringify(name)}.`);
    }
    const isExploded = described.some((header) => header.explode === true && header.name === name);
    try {
      encoded[name] =
        name === 'set-cookie' && Array.isArray(value)
          ? value.map((line) => writeHeaderValue(line, false))
          : writeHeaderValue(value, isExploded);
    } catch (error) {
      if (!(error instanceof HeaderValueError)) throw error;
      throw new ResponseError(operation.id, `the header ${name} cannot carry its value: ${error.message}.`);
    }
  }
  return encoded;
}

/** A value that a header cannot carry, or not so that a client reads the same. */
class HeaderValueError extends Error {}

/** Header text that is safe on the wire: no control characters, so it cannot be split. Source: RFC 9110 section 5.5. */
const HEADER_TEXT = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/**
 * A header's value in style `simple`: a scalar as it is, a list as `a, b`, an object as `R,100,G,200`, or exploded as
 * `R=100,G=200`. Source: OpenAPI 3.1 sections 4.8.12.6 and 4.8.21.
 *
 * @throws {HeaderValueError} when a text has a separator in it, spaces around it, or characters that headers cannot hold.
 */
export function writeHeaderValue(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => memberText(item));
    if (items.length === 1 && items[0] === '') {
      throw new HeaderValueError('one empty text in a list, which is read as an empty list');
    }
    return items.join(', ');
  }
  if (typeof value !== 'object' || value === null) return scalarText(value);
  const pairs = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .flatMap(([name, each]: [string, unknown]) =>
      (Array.isArray(each) ? each : [each]).map(
        (item: unknown) => [memberText(name), memberText(item)] as const,
      ),
    );
  if (!explode) return pairs.flat().join();
  if (pairs.some(([name]) => name.includes('='))) {
    throw new HeaderValueError('a name with "=" in it, where that ends a name');
  }
  return pairs.map((pair) => pair.join('=')).join();
}

function memberText(value: unknown): string {
  const text = scalarText(value);
  if (text.includes(',')) throw new HeaderValueError('a comma within a member, where it ends the member');
  return text;
}

function scalarText(value: unknown): string {
  const isScalar = value === null || /^(?:string|boolean|bigint)$/.test(typeof value);
  if (!isScalar && !(typeof value === 'number' && Number.isFinite(value))) {
    throw new HeaderValueError('a value that is no text, number or boolean');
  }
  const text = String(value);
  if (!HEADER_TEXT.test(text))
    throw new HeaderValueError('characters that headers cannot hold, or spaces around');
  return text;
}

/** A body ready to be sent: well-formed text that goes out in UTF-8, bytes, or a stream of them. */
export type EncodedBody = string | Uint8Array | ReadableStream<Uint8Array>;

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
      return text;
    }
    case 'text':
      if (typeof body !== 'string') throw new ResponseError(operation.id, 'the body is no text.');
      return body.toWellFormed();
    case 'binary':
      if (body instanceof Uint8Array || isByteStream(body)) return body;
      throw new ResponseError(operation.id, 'the body is neither bytes nor a stream of bytes.');
    case 'form':
      return encodeForm(body);
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
