import { setTimeout as sleep } from 'node:timers/promises';

import type { KeyCache } from './key-cache.ts';

/** The Identity service gave no keys in the time that the start allows. The message is the whole story, on one line. */
export class KeysNotLoadedError extends Error {
  override readonly name = 'KeysNotLoadedError';
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * Fetches the first keys, trying again until they come or the time is up. Without keys every request would fail, so
 * the API does not start without.
 *
 * @throws {KeysNotLoadedError}
 */
export async function loadFirstKeys(
  cache: KeyCache,
  options: { readonly url: string; readonly timeoutSeconds: number },
): Promise<void> {
  const deadlineMs = performance.now() + options.timeoutSeconds * 1000;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await cache.refresh();
    const { keys, lastFailure } = cache.status();
    if (keys > 0) return;
    if (performance.now() + pauseMs >= deadlineMs) {
      const { origin, pathname } = new URL(options.url);
      throw new KeysNotLoadedError(
        `No keys from the Identity service within ${options.timeoutSeconds} s: ` +
          `AUTH_JWKS_URL is ${origin}${pathname}, and ${lastFailure ?? 'it did not answer'}. Is it running?`,
      );
    }
    await sleep(pauseMs);
  }
}
