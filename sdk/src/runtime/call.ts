import { buildRequest, KEY, type BuiltRequest, type Params } from './build-request.ts';
import {
  checkSettings,
  getDefaultClient,
  type CallOptions,
  type CallSettings,
  type Client,
} from './client.ts';
import { saysInvalidToken } from './credentials.ts';
import type { OperationDescriptor } from './descriptor.ts';
import {
  AbortedError,
  AuthError,
  CallError,
  ConnectionError,
  HookError,
  RequestError,
  TimeoutError,
  type FailedCall,
} from './errors.ts';
import type { Attempt } from './hooks.ts';
import { readResult } from './read-result.ts';
import type { AnyResult } from './result.ts';
import { isIdempotent, retryDelay } from './retry.ts';
import { within } from './within.ts';

/**
 * Calls an operation: builds the request, sends it, retries what may be retried, and reads the response.
 *
 * @throws {CallError} and nothing else; every response that the contract declares is a result instead.
 */
export function call(
  descriptor: OperationDescriptor,
  params: Params,
  options: CallOptions,
): Promise<AnyResult> {
  return send(descriptor, options, (client) => buildRequest(client, descriptor, params, options));
}

/**
 * Sends the request that `build` makes, retries what may be retried, and reads the response.
 *
 * @throws {CallError} as `call` does.
 */
export async function send(
  descriptor: OperationDescriptor,
  options: CallOptions,
  build: (client: Client) => BuiltRequest,
): Promise<AnyResult> {
  const { id: operationId, method } = descriptor;
  const signal = options.signal ?? undefined;
  let client: Client | undefined;
  let attempts = 0;
  let current: Attempt = { operationId, method, url: descriptor.path, attempt: 0, headers: {} };

  const state = (): FailedCall => ({ operationId, attempts });
  const aborted = (reason: unknown): never => {
    throw new AbortedError('aborted', state(), reason);
  };
  /** Whatever was thrown, as an error of a call. */
  const failure = (
    Kind: FailureClass,
    cause: unknown,
    message = cause instanceof Error ? cause.message : String(cause),
  ): CallError => (cause instanceof CallError ? cause : new Kind(message, state(), cause));
  /** Runs what is not ours: what it throws becomes an error of `Kind`. */
  const guard = async <T>(Kind: FailureClass, run: () => T | Promise<T>, message?: string): Promise<T> => {
    try {
      return await run();
    } catch (cause) {
      throw failure(Kind, cause, message);
    }
  };
  /** Hands an error to the hook; what that throws is dropped. */
  const tell = (failed: CallError): void => {
    const run = async (): Promise<void> => client?.hooks.error?.(current, failed);
    run().catch(ignore);
  };

  try {
    const { clock, credentials, fetch, hooks, keyOf, settings } = (client =
      options.client ?? getDefaultClient());
    checkSettings(options);
    const setting = <K extends keyof CallSettings>(key: K): CallSettings[K] => options[key] ?? settings[key];
    const { url, headers, body } = build(client);
    const timeoutMs = setting('timeoutMs') ?? 30_000;
    const deadline = clock.now() + (setting('overallTimeoutMs') ?? 90_000);
    const policy = setting('retry') ?? {};
    const canResend = !(body instanceof ReadableStream);
    const canRetry = policy && canResend && (isIdempotent(method) || headers[KEY]);
    let retries = 0;
    let renewed: string | undefined;
    /** The time of the attempt, and what it has not got yet. */
    let ms = 0;
    let missing = NO_RESPONSE;

    const delayBeforeRetry = (response?: Response): number | undefined => {
      if (!canRetry) return undefined;
      const delay = retryDelay(policy, retries, response, clock, headers[KEY] !== undefined);
      return delay !== undefined && clock.now() + delay < deadline ? delay : undefined;
    };

    /** Gives a result, or the delay after which to try again. */
    const attempt = async (stop: AbortSignal): Promise<AnyResult | number> => {
      const seen = (current = { ...current, url, attempt: attempts + 1, headers: { ...headers } });
      await guard(HookError, () => hooks.request?.(seen));
      missing = 'auth gave no token';
      stop.throwIfAborted();
      const grant =
        descriptor.auth && !renewed
          ? await guard(AuthError, () => credentials?.current({ signal: stop, ms }))
          : undefined;
      const token = renewed ?? grant?.token;
      const [target] = await guard(RequestError, () => {
        const open = {
          url,
          headers: token ? { ...seen.headers, authorization: `Bearer ${token}` } : seen.headers,
        };
        // Keys are added last, as the token is: hooks see neither.
        const closed = descriptor.keys?.(open, keyOf) ?? open;
        // What `fetch` says of a header that cannot be sent is no matter of the connection, nor to be retried.
        return [closed, new Headers(closed.headers)] as const;
      });
      missing = NO_RESPONSE;
      stop.throwIfAborted();
      attempts += 1;
      const init = {
        // A redirect that the contract declares is a result; followed, another resource's answer would be this one's.
        redirect: descriptor.redirect ?? ('follow' as const),
        ...settings.fetchOptions,
        ...options.fetchOptions,
        method,
        headers: target.headers,
        signal: stop,
        body: body ?? null,
        ...(canResend ? undefined : { duplex: 'half' }),
      };
      const response = await guard(ConnectionError, () => fetch(target.url, init), 'the connection failed');
      await guard(HookError, async () => {
        await hooks.response?.(seen, response);
        if (response.bodyUsed) throw new TypeError('the hook read the body: read that of response.clone()');
      });
      if (grant && canResend && saysInvalidToken(response)) {
        const next = await guard(AuthError, () => grant.renewed({ signal: stop, ms }));
        if (next && next !== token) {
          renewed = next;
          discard(response);
          return attempt(stop);
        }
      }
      const delay = delayBeforeRetry(response);
      if (delay === undefined) {
        return readResult(descriptor, response, state(), setting('maxResponseBytes') ?? 2 ** 25, signal);
      }
      discard(response);
      return delay;
    };
    const timedOut = (): never => {
      throw new TimeoutError(`${missing} within ${Math.round(ms)} ms`, state());
    };

    for (; ; retries += 1) {
      let delay;
      ms = Math.min(timeoutMs, deadline - clock.now());
      try {
        const outcome = await within(clock.setTimer, ms, signal, timedOut, aborted, attempt);
        if (typeof outcome === 'object') return outcome;
        delay = outcome;
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof TimeoutError)) throw error;
        delay = delayBeforeRetry();
        if (delay === undefined) throw error;
        tell(error);
      }
      await within(clock.setTimer, delay, signal, ignore, aborted, never);
    }
  } catch (cause) {
    const error = failure(RequestError, cause);
    tell(error);
    throw error;
  }
}

const NO_RESPONSE = 'no complete response';

/** A kind of error of a call. */
type FailureClass = new (message: string, call: FailedCall, cause?: unknown) => CallError;

function ignore(): void {}

function never(): Promise<undefined> {
  return new Promise(ignore);
}

/** Lets go of a response whose body nobody reads, so that its connection is free. */
function discard(response: Response): void {
  response.body?.cancel().catch(ignore);
}
