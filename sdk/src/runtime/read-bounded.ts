/** The body of a response is larger than the limit. */
export class TooLargeError extends Error {}

/**
 * The whole body of a response, at most `limit` bytes of it.
 * @throws {TooLargeError} as soon as it is known to be larger; the rest is not received.
 */
export async function readBounded(response: Response, limit: number): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) break;
    sizeBytes += chunk.value.length;
    if (sizeBytes > limit) {
      await reader?.cancel();
      throw new TooLargeError();
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes.buffer;
}
