import { createHash } from 'node:crypto';

/** Where results of slow tools are kept between runs. What cannot be read is made again. */
export interface TextCache {
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
}

/** The kept text for these inputs, or a new one. Without a cache it is always new. */
export async function cachedText(
  cache: TextCache | undefined,
  inputs: readonly string[],
  make: () => Promise<string>,
): Promise<string> {
  if (cache === undefined) return make();
  const key = createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
  const kept = await cache.read(key);
  if (kept !== undefined) return kept;
  const text = await make();
  await cache.write(key, text);
  return text;
}
