import type { CallError } from './errors.ts';

/** One attempt, as hooks see it. The token is not there: it is put on after the `request` hook. */
export interface Attempt {
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  /** Counts from 1; 0 when the call failed before there was a request. */
  readonly attempt: number;
  /** Names in lower case. The `request` hook may add to them, for this attempt. */
  readonly headers: Record<string, string>;
}

/**
 * Called around each attempt, retries included; for tracing, metrics and logs. What `request` and `response` throw rejects
 * the call with a `HookError` and is not retried.
 */
export interface Hooks {
  /** Before an attempt; awaited. */
  readonly request?: ((attempt: Attempt) => void | Promise<void>) | undefined;
  /** When status and headers are there, before the body is read; awaited. Reads the body of `response.clone()` only. */
  readonly response?: ((attempt: Attempt, response: Response) => void | Promise<void>) | undefined;
  /**
   * When an attempt failed without a response that can be returned, and when the call failed otherwise: whatever a call is
   * rejected with was here. What it throws itself, or rejects with, is dropped: there is an error to report already.
   */
  readonly error?: ((attempt: Attempt, error: CallError) => void) | undefined;
}
