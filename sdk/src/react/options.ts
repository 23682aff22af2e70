import type { CallOptions } from '../runtime/client.ts';
import type { Operation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';

/** Options of the calls that a query or a mutation makes. The signal is that of the query. */
export type QueryCallOptions = Omit<CallOptions, 'signal'>;

/** Arguments of a factory: the parameters may be left out when none is required. */
export type FactoryArguments<Params> =
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- what fits it has no required property
  Record<never, never> extends Params
    ? [params?: Params, options?: QueryCallOptions]
    : [params: Params, options?: QueryCallOptions];

/** Calls an operation whose arguments are not known here. */
export function callWith<Params, R extends AnyResult>(
  operation: Operation<Params, R>,
  params: Params,
  options: CallOptions,
): Promise<R> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its arguments are a conditional type of `Params`
  return (operation as unknown as (params: Params, options: CallOptions) => Promise<R>)(params, options);
}
