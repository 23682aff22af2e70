import type { CallFailure } from '../runtime/errors.ts';
import type { AnyResult } from '../runtime/result.ts';
import { unwrap, type ErrorOf } from '../runtime/unwrap.ts';

/**
 * What a success carried, as plain data that a cache can hold: the body as `data`, the declared headers as `headers`.
 * `ifMatch` takes it for its ETag.
 */
export type AnswerOf<R extends AnyResult> = R extends { readonly ok: true }
  ? { readonly data: R['data']; readonly headers: R['headers'] }
  : never;

/** Everything that a query or a mutation fails with. `isErrorOf` tells what the contract declares from the rest. */
export type FailureOf<R extends AnyResult> = ErrorOf<R> | CallFailure;

/** @throws {ApiError} when the result is no success. */
export async function answer<R extends AnyResult>(call: Promise<R>): Promise<AnswerOf<R>> {
  const result = await call;
  const data: unknown = unwrap<AnyResult>(result);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `unwrap` throws for every other result
  return { data, headers: result.headers } as AnswerOf<R>;
}
