import type { IncomingMessage } from 'node:http';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { Content, RequestBody } from '../operation.ts';
import { mediaTypesMeet, parseMediaType, type MediaType } from './media-type.ts';

/** The content of the contract that a request's body is an instance of. */
export interface ChosenContent {
  readonly content: Content;
  /** Its index in `operation.body.content`. */
  readonly index: number;
  readonly mediaType: MediaType;
}

/** Whether the message says that a body follows. Source: RFC 9112 section 6. */
export function hasBody(request: IncomingMessage): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  const length = request.headers['content-length'];
  return length !== undefined && Number(length) > 0;
}

/**
 * Picks the content by `Content-Type`; an exact type wins over a range. Undefined when there is no body and none is
 * needed.
 *
 * @throws {ProtocolError} 415 for a type, charset or coding that the contract lacks; 400 for a missing body.
 */
export function chooseContent(request: IncomingMessage, body: RequestBody): ChosenContent | undefined {
  const header = request.headers['content-type'];
  if (!hasBody(request)) {
    // An empty text or file is a body when its type says so; empty JSON is none.
    const chosen = header === undefined ? undefined : find(body, header);
    if (chosen?.content.kind === 'text' || chosen?.content.kind === 'binary') return chosen;
    if (!body.required) return undefined;
    throw new ProtocolError(400, 'body-required', 'This operation needs a body.');
  }
  checkCoding(request.headers['content-encoding']);
  if (header === undefined) throw unsupported(body, 'The body has no Content-Type.');
  const chosen = find(body, header);
  if (chosen === undefined) throw unsupported(body, 'The body is of another type.');
  checkCharset(chosen, body);
  return chosen;
}

function find(body: RequestBody, header: string): ChosenContent | undefined {
  const mediaType = parseMediaType(header);
  if (mediaType === undefined || mediaType.essence.includes('*')) return undefined;
  let index = body.content.findIndex((content) => content.mediaType === mediaType.essence);
  if (index === -1) index = body.content.findIndex((content) => meets(content, mediaType, /^[^*]+\/\*$/));
  if (index === -1) index = body.content.findIndex((content) => meets(content, mediaType, /^\*\/\*$/));
  const content = body.content[index];
  return content === undefined ? undefined : { content, index, mediaType };
}

function meets(content: Content, mediaType: MediaType, form: RegExp): boolean {
  return form.test(content.mediaType) && mediaTypesMeet(content.mediaType, mediaType.essence);
}

/** Compressed bodies are refused: a small one can stand for a very large one. */
function checkCoding(coding: string | undefined): void {
  if (coding === undefined || coding.trim().toLowerCase() === 'identity') return;
  throw new ProtocolError(
    415,
    'unsupported-content-encoding',
    'Bodies are taken without content coding only.',
    { headers: { 'accept-encoding': 'identity' } },
  );
}

function checkCharset({ content, mediaType }: ChosenContent, body: RequestBody): void {
  if (content.kind === 'binary' || content.kind === 'multipart') return;
  const charset = mediaType.parameters.get('charset');
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw unsupported(body, 'Its text is not in UTF-8.');
}

/** `Accept` in a 415 says what would be taken. Source: RFC 9110 section 15.5.16. */
function unsupported(body: RequestBody, message: string): ProtocolError {
  const accept = body.content.map(({ mediaType }) => mediaType).join(', ');
  return new ProtocolError(415, 'unsupported-media-type', `${message} This operation takes ${accept}.`, {
    headers: { accept },
  });
}
