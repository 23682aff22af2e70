import { json, type BodyReader } from './decode-body.ts';
import type { OperationDescriptor } from './descriptor.ts';
import {
  CallError,
  ConnectionError,
  mediaTypeOf,
  UnexpectedResponseError,
  type FailedCall,
} from './errors.ts';
import { readBounded } from './read-bounded.ts';
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
  signal: AbortSignal | undefined,
): Promise<AnyResult> {
  const { status } = response;
  const { responses, responseHeaders } = descriptor;
  const mediaType = mediaTypeOf(response);
  let raw = '';
  const unexpected = (message: string): UnexpectedResponseError => {
    let data: unknown = raw;
    try {
      if (json.accepts.test(mediaType)) data = JSON.parse(raw);
    } catch {
      // It stays what it is, a text.
    }
    return new UnexpectedResponseError({ ...call, status, data, response }, message);
  };
  const bytes = async (): Promise<ArrayBuffer> => {
    try {
      return await readBounded(response, limit, () =>
        unexpected(`the response is larger than ${limit} bytes`),
      );
    } catch (error) {
      if (error instanceof CallError) throw error;
      throw new ConnectionError('the connection broke off within the response', call, error);
    }
  };
  const text: BodyReader['text'] = async (charset, options = { fatal: true, ignoreBOM: false }) => {
    const read = await bytes();
    raw = new TextDecoder().decode(read);
    return new TextDecoder(charset, options).decode(read);
  };
  const key = [status, `${Math.floor(status / 100)}XX`].find((one) => responses[one]) ?? 'default';
  const decoder = responses[key];
  if (response.type === 'opaqueredirect') throw unexpected('browsers hide the redirect');
  if (!decoder?.accepts.test(mediaType)) {
    limit = Math.min(limit, UNEXPECTED_LIMIT);
    await text().catch(() => raw);
    throw unexpected(`the contract has no ${status} response of type ${mediaType || 'none'}`);
  }
  let data: unknown;
  try {
    data = await decoder.read({ bytes, text, response, signal }, mediaType);
  } catch (error) {
    throw error instanceof CallError
      ? error
      : unexpected(`the ${status} response is not the ${mediaType} it says`);
  }
  const headers: Record<string, unknown> = {};
  for (const [name, [read, ...required]] of Object.entries(responseHeaders ?? {})) {
    const value = response.headers.get(name);
    const parsed = value === null ? undefined : read(value);
    if (parsed !== undefined) headers[name] = parsed;
    else if (required.includes(key)) {
      throw unexpected(`the ${status} response has no ${name} header, or none that the contract allows`);
    }
  }
  return { ...call, status, ok: response.ok, data, headers, response };
}
