import { ApiError, UnexpectedResponseError } from './errors.ts';
import type { AnyResult, DataOf } from './result.ts';

/** The error that `unwrap` throws for a result, a union over the statuses that are no success. */
export type ErrorOf<R extends AnyResult> = R extends { readonly ok: false }
  ? ApiError<R['status'], R['data']>
  : never;

/**
 * The body of a success; for scripts, and for libraries that want exceptions. Takes a result, or the promise of one.
 *
 * @throws {ApiError} when the status is not 2xx; 304 is not.
 */
export function unwrap<R extends AnyResult>(result: R): DataOf<R>;
export function unwrap<R extends AnyResult>(result: Promise<R>): Promise<DataOf<R>>;
export function unwrap(result: AnyResult | Promise<AnyResult>): unknown {
  if ('then' in result) return result.then(unwrap);
  if (!result.ok) throw new ApiError(result);
  return result.data;
}

/** True when `error` was thrown by `unwrap` for a result of `operation`; narrows it to what its contract declares. */
export function isErrorOf<R extends AnyResult>(
  operation: { (...args: never): Promise<R>; readonly descriptor: { readonly id: string } },
  error: unknown,
): error is ErrorOf<R> {
  return (
    error instanceof ApiError &&
    // Its body is no body of the contract.
    !(error instanceof UnexpectedResponseError) &&
    error.operationId === operation.descriptor.id
  );
}
