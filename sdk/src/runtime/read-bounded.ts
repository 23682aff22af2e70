/**
 * The whole body of a response, at most `limit` bytes of it.
 * @throws what `tooLarge` makes, as soon as it is known to be larger; the rest is not received.
 */
export async function readBounded(
  response: Response,
  limit: number,
  tooLarge: () => Error,
): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) break;
    sizeBytes += chunk.value.length;
    if (sizeBytes > limit) {
      await reader?.cancel();
      throw tooLarge();
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
