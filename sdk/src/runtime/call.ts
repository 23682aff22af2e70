import { buildRequest, type BuiltRequest, type Params } from './build-request.ts';
import { checkSettings, getDefaultClient, type CallOptions, type Client } from './client.ts';
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
import { retryDelay } from './retry.ts';
import { discard, ignore, within } from './within.ts';

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
  const { signal } = options;
  const state = { operationId, attempts: 0 };
  let client: Client | undefined;
  let current: Attempt = { operationId, method, url: descriptor.path, attempt: 0, headers: {} };

  /** Whatever was thrown, as an error of a call. */
  const failure = (Kind: FailureClass, cause: unknown): CallError => {
    if (cause instanceof CallError) return cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    return new Kind(Kind === ConnectionError ? 'the connection failed' : message, state, cause);
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
    const { url, headers, body } = build(client);
    const timeoutMs = options.timeoutMs ?? settings.timeoutMs ?? 30_000;
    const deadline = clock.now() + (options.overallTimeoutMs ?? settings.overallTimeoutMs ?? 90_000);
    const canResend = !(body instanceof ReadableStream);
    const mayResend = canResend && (descriptor.resend?.isAllowed(headers) ?? true);
    const policy = mayResend && (options.retry ?? settings.retry ?? {});
    let renewed: string | undefined;

    for (let retries = 0; ; retries += 1) {
      const ms = Math.min(timeoutMs, deadline - clock.now());
      /** What kind of error it is when the attempt fails where it is now. */
      let Kind: FailureClass = RequestError;
      let delay;

      const delayBeforeRetry = (response?: Response): number | undefined => {
        if (!policy) return undefined;
        const next = retryDelay(
          policy,
          retries,
          response,
          clock,
          response && descriptor.resend?.isUnderWay(response),
        );
        return next !== undefined && clock.now() + next < deadline ? next : undefined;
      };
      /** Gives a result, or the delay after which to try again. */
      const attempt = async (stop: AbortSignal): Promise<AnyResult | number> => {
        const waiter = { signal: stop, ms };
        const seen: Attempt = {
          operationId,
          method,
          url,
          attempt: state.attempts + 1,
          headers: { ...headers },
        };
        current = seen;
        Kind = HookError;
        await hooks.request?.(seen);
        stop.throwIfAborted();
        Kind = AuthError;
        const grant = descriptor.auth && !renewed ? await credentials?.current(waiter) : undefined;
        const token = renewed ?? grant?.token;
        // What `fetch` says of a header that cannot be sent is no matter of the connection, nor to be retried.
        Kind = RequestError;
        const sent = new Headers(seen.headers);
        // The token and keys are added last: hooks see neither.
        if (token) sent.set('authorization', `Bearer ${token}`);
        const target = descriptor.keys?.(url, sent, keyOf) ?? url;
        stop.throwIfAborted();
        state.attempts += 1;
        Kind = ConnectionError;
        const init = {
          // A redirect that the contract declares is a result; followed, another resource's answer would be this one's.
          redirect: descriptor.redirect ?? ('follow' as const),
          ...settings.fetchOptions,
          ...options.fetchOptions,
          method,
          headers: sent,
          signal: stop,
          body: body ?? null,
          ...(!canResend && { duplex: 'half' }),
        };
        const response = await fetch(target, init);
        Kind = HookError;
        await hooks.response?.(seen, response);
        if (response.bodyUsed) throw new TypeError('the hook read the body: read that of response.clone()');
        Kind = AuthError;
        const next = canResend ? await grant?.renewed(response, waiter) : undefined;
        Kind = RequestError;
        if (next) {
          renewed = next;
          discard(response.body);
          return attempt(stop);
        }
        const pause = delayBeforeRetry(response);
        if (pause === undefined) {
          const limit = options.maxResponseBytes ?? settings.maxResponseBytes ?? 33_554_432;
          // Awaited, so that the stack of its errors leads to the caller.
          return await readResult(descriptor, response, state, limit, signal);
        }
        discard(response.body);
        return pause;
      };

      try {
        const outcome = await within(clock.setTimer, ms, signal, attempt);
        if (typeof outcome === 'object') return outcome;
        if (outcome === undefined) {
          if (signal?.aborted) throw new AbortedError('aborted', state, signal.reason);
          const missing = Kind === AuthError ? 'auth gave no token' : 'no complete response';
          throw new TimeoutError(`${missing} within ${Math.round(ms)} ms`, state);
        }
        delay = outcome;
      } catch (cause) {
        const error = failure(Kind, cause);
        if (error instanceof ConnectionError || error instanceof TimeoutError) delay = delayBeforeRetry();
        if (delay === undefined) throw error;
        tell(error);
      }
      await within(clock.setTimer, delay, signal);
    }
  } catch (cause) {
    const error = failure(RequestError, cause);
    tell(error);
    throw error;
  }
}

/** A kind of error of a call. */
type FailureClass = new (message: string, call: FailedCall, cause?: unknown) => CallError;
