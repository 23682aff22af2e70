import { json, textOf } from './decode-body.ts';
import type { OperationDescriptor } from './descriptor.ts';
import {
  CallError,
  ConnectionError,
  mediaTypeOf,
  UnexpectedResponseError,
  type FailedCall,
} from './errors.ts';
import type { OctetView } from './platform-types.ts';
import type { AnyResult } from './result.ts';
import { discard, ignore } from './within.ts';

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
  signal: AbortSignal | null | undefined,
): Promise<AnyResult> {
  const { status } = response;
  const { responses, responseHeaders } = descriptor;
  const mediaType = mediaTypeOf(response);
  let received: readonly OctetView[] = [];
  const unexpected = (message: string): UnexpectedResponseError => {
    let data: unknown = textOf(received, new TextDecoder());
    try {
      if (json.accepts.test(mediaType)) data = JSON.parse(String(data));
    } catch {
      // It stays what it is, a text.
    }
    return new UnexpectedResponseError({ ...call, status, data, response }, message);
  };
  /** Reads the whole body, unless it turns out to be larger than the limit: then the rest is not received. */
  const chunks = async (): Promise<readonly OctetView[]> => {
    const reader = response.body?.getReader();
    const read: OctetView[] = [];
    let sizeBytes = 0;
    for (;;) {
      let chunk;
      try {
        chunk = await reader?.read();
      } catch (cause) {
        throw new ConnectionError('the connection broke off within the response', call, cause);
      }
      if (!chunk?.value) return (received = read);
      sizeBytes += chunk.value.length;
      if (sizeBytes > limit) {
        discard(reader);
        throw unexpected(`the response is larger than ${limit} bytes`);
      }
      read.push(chunk.value);
    }
  };
  const key = [status, `${Math.floor(status / 100)}XX`].find((one) => responses[one]) ?? 'default';
  const decoder = responses[key];
  if (!decoder?.accepts.test(mediaType)) {
    // Of a page that is larger nothing is kept.
    limit = Math.min(limit, 65_536);
    await chunks().catch(ignore);
    throw unexpected(
      response.type === 'opaqueredirect'
        ? 'browsers hide the redirect'
        : `the contract has no ${status} response of type ${mediaType || 'none'}`,
    );
  }
  let data: unknown;
  try {
    data = await decoder.read({ chunks, response, signal }, mediaType);
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
