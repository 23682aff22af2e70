import type { DataTag, QueryFunction, UseQueryOptions } from '@tanstack/react-query';

import type { Operation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';
import { answer, type AnswerOf, type FailureOf } from './answer.ts';
import type { OperationKey } from './key.ts';
import { callWith, type FactoryArguments } from './options.ts';

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

/** Makes the options of a query: `useQuery(getTicketQuery({ ticketId }))`. */
export interface QueryFactory<Params, R extends AnyResult> {
  (...args: FactoryArguments<Params>): QueryOptionsOf<R>;
  /** The key that all answers of the operation begin with, pages of lists included. */
  readonly key: readonly [module: string, operationId: string];
}

/** Makes the factory of a query; generated code calls it once for each operation that only reads. */
export function queryOf<Params, R extends AnyResult>(
  module: string,
  operation: Operation<Params, R>,
): QueryFactory<Params, R> {
  const key = [module, operation.descriptor.id] as const;
  const make = (...[params, options]: FactoryArguments<Params>): QueryOptionsOf<R> => ({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tag is a type and nothing more
    queryKey: [...key, params ?? {}] as unknown as QueryOptionsOf<R>['queryKey'],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- absent only where none is required
    queryFn: ({ signal }) => answer(callWith(operation, (params ?? {}) as Params, { ...options, signal })),
    retry: false,
  });
  return Object.assign(make, { key });
}
