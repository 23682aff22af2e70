import type { DataTag, QueryFunction, SkipToken, UseQueryOptions } from '@tanstack/react-query';

import type { Operation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';
import { answer, type AnswerOf, type FailureOf } from './answer.ts';
import { clientFor } from './bound-client.ts';
import { isSkipped, keyOf, type OperationKey } from './key.ts';
import { callWith, type FactoryArguments, type QueryCallOptions } from './options.ts';

/** Options for `useQuery`, `useSuspenseQuery`, `queryClient.fetchQuery` and everything else that takes a query's options. */
export type QueryOptionsOf<R extends AnyResult> = Omit<
  UseQueryOptions<AnswerOf<R>, FailureOf<R>, AnswerOf<R>, OperationKey>,
  'queryFn' | 'queryKey' | 'retry'
> & {
  readonly queryKey: DataTag<OperationKey, AnswerOf<R>, FailureOf<R>>;
  readonly queryFn: QueryFunction<AnswerOf<R>, OperationKey>;
  /** The client has its own retries; a cache's on top would multiply them. */
  readonly retry: false;
};

/** Options of a query that may have nothing to ask yet; not for `useSuspenseQuery`, as TanStack Query has it. */
export type SkippableQueryOptionsOf<R extends AnyResult> = Omit<QueryOptionsOf<R>, 'queryFn'> & {
  readonly queryFn: QueryFunction<AnswerOf<R>, OperationKey> | SkipToken;
};

/**
 * Makes the options of a query: `useQuery(getTicketQuery({ ticketId }))`. While there is nothing to ask, it is given TanStack Query's
 * `skipToken` for parameters: `useQuery(getTicketQuery(ticketId ? { ticketId } : skipToken))`.
 */
export interface QueryFactory<Params, R extends AnyResult> {
  (...args: FactoryArguments<Params>): QueryOptionsOf<R>;
  (params: Params | SkipToken, options?: QueryCallOptions): SkippableQueryOptionsOf<R>;
  /** The key that all answers of the operation begin with, pages of lists included. */
  readonly key: readonly [module: string, operationId: string];
}

/** Makes the factory of a query; generated code calls it once for each operation that only reads. */
export function queryOf<Params, R extends AnyResult>(
  module: string,
  operation: Operation<Params, R>,
): QueryFactory<Params, R> {
  const key = [module, operation.descriptor.id] as const;
  const make = (params?: Params | SkipToken, options?: QueryCallOptions): SkippableQueryOptionsOf<R> => ({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tag is a type and nothing more
    queryKey: keyOf(key, params) as QueryOptionsOf<R>['queryKey'],
    queryFn: isSkipped(params)
      ? params
      : ({ client: cache, signal }) => {
          const client = clientFor(cache, options?.client);
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- absent only where none is required
          return answer(callWith(operation, (params ?? {}) as Params, { ...options, client, signal }));
        },
    retry: false,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is given decides which of the two options it makes
  return Object.assign(make, { key }) as QueryFactory<Params, R>;
}
