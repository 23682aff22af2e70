import type { DataTag, InfiniteData, QueryFunction, UseInfiniteQueryOptions } from '@tanstack/react-query';

import type { PagedOperation } from '../runtime/operation.ts';
import { paginate, type Page } from '../runtime/paginate.ts';
import type { AnyResult, DataOf } from '../runtime/result.ts';
import type { FailureOf } from './answer.ts';
import { PAGES, type OperationKey } from './key.ts';
import type { FactoryArguments } from './options.ts';

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

/** Makes the options of a list that grows: `useInfiniteQuery(listTicketsInfiniteQuery({ tag: ['soup'] }))`. */
export interface InfiniteQueryFactory<Params, R extends AnyResult, Item> {
  (...args: FactoryArguments<Params>): InfiniteQueryOptionsOf<R, Item>;
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
  const make = (...[params, options]: FactoryArguments<Params>): InfiniteQueryOptionsOf<R, Item> => ({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tag is a type and nothing more
    queryKey: [...key, params ?? {}] as unknown as InfiniteQueryOptionsOf<R, Item>['queryKey'],
    queryFn: async ({ pageParam, signal }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parameters with another cursor
      const from = (pageParam === undefined ? params : { ...params, [page.cursor]: pageParam }) as Params;
      for await (const first of paginate(operation, from, { ...options, signal }).pages()) return first;
      throw new Error(`${id}: no page`);
    },
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    retry: false,
  });
  return Object.assign(make, { key });
}
