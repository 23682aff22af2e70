import type { Params as AnyParams } from './build-request.ts';
import { call } from './call.ts';
import type { CallOptions } from './client.ts';
import type { OperationDescriptor, PageDescriptor } from './descriptor.ts';
import type { AnyResult } from './result.ts';

/** Parameters of an operation that has none. */
export type NoParams = Readonly<Record<string, never>>;

/** The arguments of an operation: its parameters may be left out when none is required. */
export type Arguments<Params> =
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- what fits it has no required property
  Record<never, never> extends Params
    ? [params?: Params, options?: CallOptions]
    : [params: Params, options?: CallOptions];

/** A function that calls one operation of the API and resolves to its result, discriminated by `status`. */
export interface Operation<Params, Result extends AnyResult> {
  (...args: Arguments<Params>): Promise<Result>;
  readonly descriptor: OperationDescriptor;
}

declare const ITEM: unique symbol;

/** An operation whose pages `paginate` can walk. */
export interface PagedOperation<Params, Result extends AnyResult, Item> extends Operation<Params, Result> {
  readonly descriptor: OperationDescriptor & { readonly page: PageDescriptor };
  /** Carries the type of an item; never there. */
  readonly [ITEM]?: Item;
}

/** The parameters of an operation: `ParamsOf<typeof listTickets>`. */
export type ParamsOf<O> = O extends Operation<infer Params, infer _Result> ? Params : never;

/** The result of an operation: `ResultOf<typeof getTicket>`. */
export type ResultOf<O> = O extends Operation<infer _Params, infer Result> ? Result : never;

/**
 * Makes the function that calls an operation. Generated code marks the call as pure, so that a bundler drops
 * operations that nobody imports. The types are the generator's word.
 */
export function operation<O extends Operation<never, AnyResult>>(descriptor: O['descriptor']): O {
  const run = (params?: AnyParams, options?: CallOptions): Promise<AnyResult> =>
    call(descriptor, params ?? {}, options ?? {});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types are the generator's word
  return Object.assign(run, { descriptor }) as unknown as O;
}
