import { buildRequest, KEY, type BuiltRequest, type Params } from './build-request.ts';
import { getDefaultClient, type CallOptions, type CallSettings, type Client } from './client.ts';
import { saysInvalidToken } from './credentials.ts';
import type { OperationDescriptor } from './descriptor.ts';
import { AbortedError, CallError, ConnectionError, TimeoutError } from './errors.ts';
import type { Attempt } from './hooks.ts';
import { readResult } from './read-result.ts';
import type { AnyResult } from './result.ts';
import { isIdempotent, retryDelay } from './retry.ts';
import { within } from './within.ts';

/**
 * Calls an operation: builds the request, sends it, retries what may be retried, and reads the response.
 *
 * @throws {CallError} `ConnectionError`, `TimeoutError`, `AbortedError` or `UnexpectedResponseError`; every response
 * that the contract declares is a result instead.
 * @throws {TypeError} when the request cannot be built.
 */
export async function call(
  descriptor: OperationDescriptor,
  params: Params,
  options: CallOptions,
): Promise<AnyResult> {
  const client = options.client ?? getDefaultClient();
  return send(client, descriptor, buildRequest(client, descriptor, params, options), options);
}

/**
 * Sends a request that is built, retries what may be retried, and reads the response.
 *
 * @throws {CallError} as `call` does.
 */
export async function send(
  client: Client,
  descriptor: OperationDescriptor,
  { url, headers, body }: BuiltRequest,
  options: CallOptions,
): Promise<AnyResult> {
  const { clock, credentials, hooks, settings } = client;
  const setting = <K extends keyof CallSettings>(key: K): CallSettings[K] => options[key] ?? settings[key];
  const { id: operationId, method } = descriptor;
  const signal = options.signal ?? undefined;
  const timeoutMs = setting('timeoutMs') ?? 30_000;
  const deadline = clock.now() + (setting('overallTimeoutMs') ?? 90_000);
  const policy = setting('retry') ?? {};
  const canResend = !(body instanceof ReadableStream);
  const canRetry = policy && canResend && (isIdempotent(method) || headers[KEY]);
  let attempts = 0;
  let retries = 0;
  let renewed: string | undefined;
  let current: Attempt | undefined;

  const state = (): { operationId: string; attempts: number } => ({ operationId, attempts });
  const aborted = (reason: unknown): never => {
    throw new AbortedError('aborted', state(), reason);
  };
  const delayBeforeRetry = (response?: Response): number | undefined => {
    if (!canRetry) return undefined;
    const ms = retryDelay(policy, retries, response, clock);
    return ms !== undefined && clock.now() + ms < deadline ? ms : undefined;
  };

  /** Gives a result, or the delay after which to try again. */
  const attempt = async (stop: AbortSignal): Promise<AnyResult | number> => {
    attempts += 1;
    current = { operationId, method, url, attempt: attempts, headers: { ...headers } };
    await hooks.request?.(current);
    const token = descriptor.auth ? (renewed ?? (await credentials?.current())) : undefined;
    const sent = token ? { ...current.headers, authorization: `Bearer ${token}` } : current.headers;
    let response;
    try {
      response = await client.fetch(url, {
        ...settings.fetchOptions,
        ...options.fetchOptions,
        method,
        headers: sent,
        signal: stop,
        body: body ?? null,
        ...(canResend ? undefined : { duplex: 'half' }),
      });
    } catch (cause) {
      assertHeaders(sent);
      throw new ConnectionError('the connection failed', state(), cause);
    }
    await hooks.response?.(current, response);
    if (token && !renewed && canResend && saysInvalidToken(response)) {
      const next = await credentials?.renewed(token);
      if (next && next !== token) {
        renewed = next;
        discard(response);
        return attempt(stop);
      }
    }
    const delay = delayBeforeRetry(response);
    if (delay === undefined) {
      return readResult(descriptor, response, state(), setting('maxResponseBytes') ?? 2 ** 25);
    }
    discard(response);
    return delay;
  };

  for (; ; retries += 1) {
    let delay;
    const ms = Math.min(timeoutMs, deadline - clock.now());
    const timedOut = (): never => {
      throw new TimeoutError(`no complete response within ${Math.round(ms)} ms`, state());
    };
    try {
      const outcome = await within(clock.setTimer, ms, signal, { timedOut, aborted }, attempt);
      if (typeof outcome === 'object') return outcome;
      delay = outcome;
    } catch (error) {
      if (current && error instanceof CallError) hooks.error?.(current, error);
      if (!(error instanceof ConnectionError || error instanceof TimeoutError)) throw error;
      delay = delayBeforeRetry();
      if (delay === undefined) throw error;
    }
    await within(clock.setTimer, delay, signal, { timedOut: () => undefined, aborted }, never);
  }
}

function never(): Promise<undefined> {
  return new Promise(() => undefined);
}

/** Throws what `fetch` says of a header that cannot be sent: that is no matter of the connection, nor to be retried. */
function assertHeaders(headers: Record<string, string>): Headers {
  return new Headers(headers);
}

/** Lets go of a response whose body nobody reads, so that its connection is free. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}
