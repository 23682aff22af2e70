import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';

import type { Operation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';
import { answer, type AnswerOf, type FailureOf } from './answer.ts';
import { clientFor } from './bound-client.ts';
import { callWith, type QueryCallOptions } from './options.ts';

/** Options for `useMutation`; what the mutation takes are the parameters of the operation. */
export type MutationOptionsOf<Params, R extends AnyResult> = Omit<
  UseMutationOptions<AnswerOf<R>, FailureOf<R>, Params>,
  'mutationFn' | 'mutationKey'
> & {
  readonly mutationKey: readonly [module: string, operationId: string];
  readonly mutationFn: (params: Params, context?: { readonly client: QueryClient }) => Promise<AnswerOf<R>>;
};

/** Makes the options of a mutation: `useMutation(updateTicketMutation())`. */
export interface MutationFactory<Params, R extends AnyResult> {
  (options?: QueryCallOptions): MutationOptionsOf<Params, R>;
  readonly key: readonly [module: string, operationId: string];
}

/** Makes the factory of a mutation; generated code calls it once for each operation that changes something. */
export function mutationOf<Params, R extends AnyResult>(
  module: string,
  operation: Operation<Params, R>,
): MutationFactory<Params, R> {
  const key = [module, operation.descriptor.id] as const;
  const make = (options: QueryCallOptions = {}): MutationOptionsOf<Params, R> => ({
    mutationKey: key,
    mutationFn: (params, context) => {
      const client = clientFor(context?.client, options.client);
      return answer(callWith(operation, params, { ...options, client }));
    },
  });
  return Object.assign(make, { key });
}
