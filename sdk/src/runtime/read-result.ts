import { json, type BodyReader } from './decode-body.ts';
import type { OperationDescriptor } from './descriptor.ts';
import { ConnectionError, mediaTypeOf, UnexpectedResponseError, type FailedCall } from './errors.ts';
import { readBounded, TooLargeError } from './read-bounded.ts';
import type { AnyResult } from './result.ts';

/** How much of the text of an unexpected response is kept. */
const UNEXPECTED_LIMIT = 65_536;

/**
 * Reads a response as the contract says.
 * @throws {UnexpectedResponseError} when the contract knows no such response.
 * @throws {ConnectionError} when the body breaks off.
 */
export async function readResult(
  descriptor: OperationDescriptor,
  response: Response,
  call: FailedCall,
  limit: number,
): Promise<AnyResult> {
  const { status } = response;
  const { responses, responseHeaders } = descriptor;
  const mediaType = mediaTypeOf(response);
  let raw = '';
  const reader: BodyReader = {
    bytes: () => readBounded(response, limit),
    stream: () => response.body ?? new ReadableStream({ start: (events) => events.close() }),
    text: async (as, charset) => {
      const bytes = await readBounded(response, limit);
      raw = new TextDecoder().decode(bytes);
      try {
        return new TextDecoder(charset, { fatal: true, ignoreBOM: !!as }).decode(bytes);
      } catch (cause) {
        throw new SyntaxError('', { cause });
      }
    },
    contentType: response.headers.get('content-type') ?? '',
  };
  const unexpected = (message: string): UnexpectedResponseError => {
    let data: unknown = raw;
    try {
      if (json.accepts.test(mediaType)) data = JSON.parse(raw);
    } catch {
      // It stays what it is, a text.
    }
    return new UnexpectedResponseError({ ...call, status, data, response }, message);
  };
  const key = [status, `${Math.floor(status / 100)}XX`].find((one) => responses[one]) ?? 'default';
  const decoder = responses[key];
  if (response.type === 'opaqueredirect') throw unexpected('browsers hide the redirect');
  if (!decoder?.accepts.test(mediaType)) {
    limit = Math.min(limit, UNEXPECTED_LIMIT);
    await reader.text().catch(() => raw);
    throw unexpected(`the contract has no ${status} response of type ${mediaType || 'none'}`);
  }
  try {
    const data = await decoder.read(reader, mediaType);
    const headers: Record<string, unknown> = {};
    for (const [name, [read, ...required]] of Object.entries(responseHeaders ?? {})) {
      const text = response.headers.get(name);
      const value = text === null ? undefined : read(text);
      if (value !== undefined) headers[name] = value;
      else if (required.includes(key)) {
        throw unexpected(`the ${status} response has no ${name} header, or none that the contract allows`);
      }
    }
    const { operationId, attempts } = call;
    return { status, ok: response.ok, data, headers, response, attempts, operationId };
  } catch (error) {
    if (error instanceof UnexpectedResponseError) throw error;
    if (error instanceof TooLargeError) throw unexpected(`the response is larger than ${limit} bytes`);
    if (error instanceof SyntaxError)
      throw unexpected(`the ${status} response is not the ${mediaType} it says`);
    throw new ConnectionError('the connection broke off within the response', call, error);
  }
}
