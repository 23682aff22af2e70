import type { IncomingMessage } from 'node:http';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { BodyKind, Content, RequestBody } from '../operation.ts';

/** A `Content-Type` value or a member of `Accept`. Source: RFC 9110 section 8.3.1. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`, `image/*`. */
  readonly essence: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*(?:;|$)`);
const PARAMETER = new RegExp(`^[ \\t]*(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)")[ \\t]*(?:;|$)`);

/** Undefined when the text is no media type. */
export function parseMediaType(text: string): MediaType | undefined {
  const start = ESSENCE.exec(text);
  const essence = start?.[1];
  if (start === null || essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  let rest = text.slice(start[0].length);
  while (rest.trim() !== '') {
    const match = PARAMETER.exec(rest);
    if (match === null) return undefined;
    const [all, name = '', token, quoted = ''] = match;
    parameters.set(name.toLowerCase(), token ?? quoted.replaceAll(/\\(.)/g, '$1'));
    rest = rest.slice(all.length);
  }
  return { essence: essence.toLowerCase(), parameters };
}

/** Whether `essence` falls under `range`: `image/png` under `image/*`. Either may be a range. */
export function mediaTypesMeet(one: string, other: string): boolean {
  if (one === other || one === '*/*' || other === '*/*') return true;
  const [oneType, oneSubtype] = one.split('/');
  const [otherType, otherSubtype] = other.split('/');
  return oneType === otherType && (oneSubtype === '*' || otherSubtype === '*');
}

/** Longest `Accept` that is looked at; a longer one is taken for `*` + `/*`. */
const MAX_ACCEPT_LENGTH = 1024;

/**
 * Whether a client that sent `accept` takes one of `offered`. No header, or one that cannot be read, takes everything.
 * Source: RFC 9110 section 12.5.1: of the ranges that match, the most specific one decides.
 */
export function isAccepted(accept: string | undefined, offered: readonly string[]): boolean {
  // What most clients send needs no reading.
  if (accept === undefined || accept === '*/*' || offered.includes(accept)) return true;
  const ranges = rangesOf(accept);
  return ranges.length === 0 || offered.some((type) => qualityOf(type, ranges) > 0);
}

/** The type of `offered` that a client likes best; of those that it likes as much, the first. */
export function preferredType(accept: string | undefined, offered: readonly string[]): string | undefined {
  const ranges = rangesOf(accept);
  let best: string | undefined;
  let bestQuality = -1;
  for (const type of offered) {
    const quality = ranges.length === 0 ? 1 : qualityOf(type, ranges);
    if (quality > bestQuality) [best, bestQuality] = [type, quality];
  }
  return best;
}

/** Empty when everything is taken. */
function rangesOf(accept: string | undefined): readonly MediaType[] {
  if (accept === undefined || accept.trim() === '' || accept.length > MAX_ACCEPT_LENGTH) return [];
  return accept.split(',').flatMap((member) => parseMediaType(member) ?? []);
}

function qualityOf(type: string, ranges: readonly MediaType[]): number {
  let quality = 0;
  let bestSpecificity = -1;
  for (const { essence, parameters } of ranges) {
    if (!mediaTypesMeet(type, essence)) continue;
    const specificity = essence === '*/*' ? 0 : essence.endsWith('/*') ? 1 : 2;
    if (specificity < bestSpecificity) continue;
    const value = Number(parameters.get('q') ?? '1');
    quality = specificity === bestSpecificity ? Math.max(quality, value) : Number.isNaN(value) ? 1 : value;
    bestSpecificity = specificity;
  }
  return quality;
}

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

/** An empty text, file or form is a body when its type says so; empty JSON is none. */
export const MAY_BE_EMPTY: ReadonlySet<BodyKind> = new Set(['text', 'binary', 'form']);

/**
 * Picks the content by `Content-Type`; an exact type wins over a range. Undefined when there is no body and none is
 * needed.
 *
 * @throws {ProtocolError} 415 for a type, charset or coding that the contract lacks; 400 for a missing body.
 */
export function chooseContent(request: IncomingMessage, body: RequestBody): ChosenContent | undefined {
  const header = request.headers['content-type'];
  if (!hasBody(request)) {
    const chosen = header === undefined ? undefined : find(body, header);
    if (chosen !== undefined && MAY_BE_EMPTY.has(chosen.content.kind)) return chosen;
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
