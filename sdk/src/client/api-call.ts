import type { AnyResult, DataOf } from '../runtime/result.ts';
import { unwrap } from '../runtime/unwrap.ts';

/**
 * A call that is under way: a promise of the body, rejected with an `ApiError` when the status is no success. `result()`
 * has the rest: status, headers, and every status that the contract declares.
 */
export class ApiCall<R extends AnyResult> implements Promise<DataOf<R>> {
  readonly [Symbol.toStringTag] = 'ApiCall';
  readonly #result: Promise<R>;

  constructor(result: Promise<R>) {
    this.#result = result;
  }

  /** The whole result, discriminated by `status`; no status makes it reject. */
  result(): Promise<R> {
    return this.#result;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a promise is what it is
  then<Then = DataOf<R>, Else = never>(
    onData?: ((data: DataOf<R>) => Then | PromiseLike<Then>) | null,
    onError?: ((reason: unknown) => Else | PromiseLike<Else>) | null,
  ): Promise<Then | Else> {
    return unwrap(this.#result).then(onData, onError);
  }

  catch<Else = never>(
    onError?: ((reason: unknown) => Else | PromiseLike<Else>) | null,
  ): Promise<DataOf<R> | Else> {
    return this.then(undefined, onError);
  }

  finally(onEnd?: (() => void) | null): Promise<DataOf<R>> {
    return unwrap(this.#result).finally(onEnd);
  }
}
