import { describeTextFailure } from '../decode/json-text.ts';

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  /** Undefined when the part is a plain field. */
  readonly filename: string | undefined;
  /** As sent; empty when the part says nothing. */
  readonly contentType: string;
  readonly content: Buffer;
}

/** A body that is not what RFC 7578 describes; `message` is safe to show. */
export class MultipartError extends Error {}

/** More parts than any form has; each costs an object, however small it is. */
export const MAX_PARTS = 200;
const MAX_PART_HEADER_BYTES = 8 * 1024;
const CRLF = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * Splits a whole multipart/form-data body (RFC 7578, RFC 2046 section 5.1.1). The body is already bounded in size; the
 * parts' contents are views into it. Written here rather than taken from a library because those stream, and what a
 * handler gets (bytes in memory, strict UTF-8, nothing lenient) is simpler than what they offer.
 *
 * @throws {MultipartError} when the body is truncated or malformed.
 */
export function splitMultipart(body: Buffer, boundary: string): Part[] {
  if (boundary === '' || boundary.length > 70)
    throw new MultipartError('The Content-Type has no valid boundary.');
  const delimiter = Buffer.from(`--${boundary}`);
  let at = findDelimiter(body, delimiter, 0);
  if (at === undefined) throw new MultipartError('The body does not contain its boundary.');
  const parts: Part[] = [];
  for (;;) {
    at += delimiter.byteLength;
    if (body[at] === 0x2d && body[at + 1] === 0x2d) return parts;
    const lineEnd = body.indexOf(CRLF, at);
    if (lineEnd === -1 || body.subarray(at, lineEnd).some((byte) => byte !== 0x20 && byte !== 0x09)) {
      throw new MultipartError('A boundary is not followed by a line break.');
    }
    const next = findDelimiter(body, delimiter, lineEnd);
    if (next === undefined) throw new MultipartError('The body ends inside of a part.');
    if (parts.length === MAX_PARTS) throw new MultipartError(`The body has more than ${MAX_PARTS} parts.`);
    parts.push(parsePart(body, lineEnd, next - CRLF.byteLength));
    at = next;
  }
}

/** Where the next delimiter line starts: at the beginning of the body or after a line break. */
function findDelimiter(body: Buffer, delimiter: Buffer, from: number): number | undefined {
  if (from === 0 && body.subarray(0, delimiter.byteLength).equals(delimiter)) return 0;
  const at = body.indexOf(Buffer.concat([CRLF, delimiter]), from);
  return at === -1 ? undefined : at + CRLF.byteLength;
}

/** `from` is the line break after the delimiter; it is also the first half of an empty header block's end. */
function parsePart(body: Buffer, from: number, end: number): Part {
  const headerEnd = body.indexOf(HEADER_END, from);
  if (headerEnd === -1 || headerEnd > end || headerEnd - from > MAX_PART_HEADER_BYTES) {
    throw new MultipartError('A part has no readable headers.');
  }
  const headers = parseHeaders(decodeUtf8(body.subarray(from, headerEnd)));
  const disposition = headers.get('content-disposition') ?? '';
  if (!/^form-data(?:;|$)/i.test(disposition)) {
    throw new MultipartError('A part has no Content-Disposition of form-data.');
  }
  if (!/^(?:7bit|8bit|binary)?$/i.test(headers.get('content-transfer-encoding') ?? '')) {
    throw new MultipartError(
      'A part has a Content-Transfer-Encoding, which is not taken (RFC 7578 section 4.7).',
    );
  }
  const name = dispositionParameter(disposition, 'name');
  if (name === undefined) throw new MultipartError('A part has no name.');
  const filename = dispositionParameter(disposition, 'filename');
  return {
    name,
    filename: filename === undefined ? undefined : baseName(filename),
    contentType: headers.get('content-type') ?? '',
    content: body.subarray(Math.min(headerEnd + HEADER_END.byteLength, end), end),
  };
}

function parseHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** Browsers escape a quote, CR and LF in names as `%22`, `%0D` and `%0A` (WHATWG HTML, multipart/form-data encoding). */
function dispositionParameter(disposition: string, name: string): string | undefined {
  // One after the other from the start: a name inside another one's quoted text is no parameter.
  const parameters = disposition.matchAll(/;[ \t]*([^=;"\s]+)=(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/g);
  for (const [, key, quoted, token] of parameters) {
    if (key?.toLowerCase() !== name) continue;
    const text = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? token;
    return text?.replaceAll('%22', '"').replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n');
  }
  return undefined;
}

/** The last step of a path with either separator: a client's folders are its own. */
function baseName(filename: string): string {
  const name = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
  return name === '.' || name === '..' ? '' : name;
}

/** @throws {MultipartError} when the bytes are not UTF-8 or hold text that is not accepted. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new MultipartError('A part that should be text is not valid UTF-8.', { cause: error });
  }
  const failure = describeTextFailure(text);
  if (failure !== undefined) throw new MultipartError(`A part's text ${failure}.`);
  return text;
}
