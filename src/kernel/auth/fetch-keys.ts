import { parseKeySet, UnusableKeysError, type KeySet } from './jwks-document.ts';

/** A larger answer is cut off. A key set of fifty keys has 8 KiB. */
const MAX_ANSWER_BYTES = 65_536;

/** Where keys come from; what the key cache asks. */
export type FetchKeys = (previous: KeySet) => Promise<KeySet>;

/** Asks the Identity service for its keys: one request, no redirect, bounded time and size. */
export function createFetchKeys(options: { readonly url: string; readonly timeoutMs: number }): FetchKeys {
  return async (previous) => parseKeySet(await fetchText(options.url, options.timeoutMs), previous);
}

/** @throws {UnusableKeysError} whatever goes wrong, in words that can end a sentence about the URL. */
async function fetchText(url: string, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json, application/jwk-set+json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new UnusableKeysError(statusProblem(response.status));
    }
    return await boundedText(response);
  } catch (error) {
    if (error instanceof UnusableKeysError) throw error;
    throw new UnusableKeysError(networkProblem(error, timeoutMs), { cause: error });
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_ANSWER_BYTES) {
      throw new UnusableKeysError(`it answered more than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusProblem(status: number): string {
  return status >= 300 && status < 400
    ? `it answered a redirect (${status}), which is not followed`
    : `it answered ${status}`;
}

/** `fetch` hides the reason in its cause; the code there is the word that people search for. */
function networkProblem(error: unknown, timeoutMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)';
  return typeof code === 'string' ? `it cannot be reached (${code})` : 'it cannot be reached';
}
