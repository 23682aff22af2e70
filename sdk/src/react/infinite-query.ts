import type {
  DataTag,
  InfiniteData,
  QueryFunction,
  SkipToken,
  UseInfiniteQueryOptions,
} from '@tanstack/react-query';

import type { PagedOperation } from '../runtime/operation.ts';
import { paginate, type Page } from '../runtime/paginate.ts';
import type { AnyResult, DataOf } from '../runtime/result.ts';
import type { FailureOf } from './answer.ts';
import { clientFor } from './bound-client.ts';
import { isSkipped, keyOf, PAGES, type OperationKey } from './key.ts';
import type { FactoryArguments, QueryCallOptions } from './options.ts';

/** Where a page starts; undefined for the first one. */
export type Cursor = string | undefined;

/** Options for `useInfiniteQuery` and `queryClient.fetchInfiniteQuery`. */
export type InfiniteQueryOptionsOf<R extends AnyResult, Item> = Omit<
  UseInfiniteQueryOptions<
    Page<Item, DataOf<R>>,
    FailureOf<R>,
    InfiniteData<Page<Item, DataOf<R>>, Cursor>,
    OperationKey,
    Cursor
  >,
  'queryFn' | 'queryKey' | 'retry' | 'initialPageParam' | 'getNextPageParam'
> & {
  readonly queryKey: DataTag<OperationKey, InfiniteData<Page<Item, DataOf<R>>, Cursor>, FailureOf<R>>;
  readonly queryFn: QueryFunction<Page<Item, DataOf<R>>, OperationKey, Cursor>;
  readonly initialPageParam: Cursor;
  readonly getNextPageParam: (last: Page<Item, DataOf<R>>) => Cursor;
  /** The client has its own retries; a cache's on top would multiply them. */
  readonly retry: false;
};

/** Options of a list that may have nothing to ask yet. */
export type SkippableInfiniteQueryOptionsOf<R extends AnyResult, Item> = Omit<
  InfiniteQueryOptionsOf<R, Item>,
  'queryFn'
> & {
  readonly queryFn: QueryFunction<Page<Item, DataOf<R>>, OperationKey, Cursor> | SkipToken;
};

/**
 * Makes the options of a list that grows: `useInfiniteQuery(listTicketsInfiniteQuery({ tag: ['soup'] }))`; it takes TanStack Query's
 * `skipToken` for parameters while there is nothing to ask.
 */
export interface InfiniteQueryFactory<Params, R extends AnyResult, Item> {
  (...args: FactoryArguments<Params>): InfiniteQueryOptionsOf<R, Item>;
  (params: Params | SkipToken, options?: QueryCallOptions): SkippableInfiniteQueryOptionsOf<R, Item>;
  /** The key that all pages of the operation begin with. */
  readonly key: readonly [module: string, operationId: string, typeof PAGES];
}

/** Makes the factory of a list that grows; generated code calls it once for each operation with pages. */
export function infiniteQueryOf<Params extends object, R extends AnyResult, Item>(
  module: string,
  operation: PagedOperation<Params, R, Item>,
): InfiniteQueryFactory<Params, R, Item> {
  const { id, page } = operation.descriptor;
  const key = [module, id, PAGES] as const;
  const make = (
    params?: Params | SkipToken,
    options?: QueryCallOptions,
  ): SkippableInfiniteQueryOptionsOf<R, Item> => ({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tag is a type and nothing more
    queryKey: keyOf(key, params) as InfiniteQueryOptionsOf<R, Item>['queryKey'],
    queryFn: isSkipped(params)
      ? params
      : async ({ client: cache, pageParam, signal }) => {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parameters with another cursor
          const from = (pageParam === undefined ? params : { ...params, [page.cursor]: pageParam }) as Params;
          const client = clientFor(cache, options?.client);
          for await (const first of paginate(operation, from, { ...options, client, signal }).pages())
            return first;
          throw new Error(`${id}: no page`);
        },
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    retry: false,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is given decides which of the two options it makes
  return Object.assign(make, { key }) as InfiniteQueryFactory<Params, R, Item>;
}
