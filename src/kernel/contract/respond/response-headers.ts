import type { Operation } from '../operation.ts';
import { ResponseError } from './response-error.ts';

/** Header text that is safe on the wire: no control characters, so it cannot be split. Source: RFC 9110 section 5.5. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
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
 * A handler's headers as they go out: names in lower case, values as text. Undefined values are left out, lists become
 * one line, `set-cookie` a line per value.
 *
 * @throws {ResponseError} when a header could split the response or is the runtime's to set.
 */
export function encodeHeaders(
  operation: Operation,
  headers: Readonly<Record<string, unknown>>,
): Record<string, string | string[]> {
  const encoded: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (!HEADER_NAME.test(name) || RESERVED.has(name)) {
      throw new ResponseError(operation.id, `the handler may not set the header ${JSON.stringify(name)}.`);
    }
    if (name === 'set-cookie' && Array.isArray(value)) {
      encoded[name] = value.map((line) => headerText(operation, name, line));
    } else encoded[name] = headerText(operation, name, value);
  }
  return encoded;
}

function headerText(operation: Operation, name: string, value: unknown): string {
  const text = Array.isArray(value) ? value.map(scalarText).join(', ') : scalarText(value);
  if (!HEADER_TEXT.test(text)) {
    throw new ResponseError(
      operation.id,
      `the value of the header ${name} has characters that headers cannot hold.`,
    );
  }
  return text;
}

/** Objects are JSON, as a header with `content: application/json` is. */
function scalarText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
