import type { CallOptions } from './client.ts';
import type { PagedOperation } from './operation.ts';
import { UnexpectedResponseError } from './errors.ts';
import type { AnyResult, DataOf } from './result.ts';
import { unwrap } from './unwrap.ts';

/** One page of a list. */
export interface Page<Item, Data> {
  readonly items: readonly Item[];
  /** Where the next page starts, to go on from another time: `{ ...params, cursor }`; undefined on the last page. */
  readonly nextCursor: string | undefined;
  /** The whole body. */
  readonly data: Data;
}

/** The items of a list, over all its pages; each `for await` starts at the first one. */
export interface Paginated<Item, Data> extends AsyncIterable<Item> {
  /** The same, page by page. */
  pages(): AsyncIterable<Page<Item, Data>>;
}

/**
 * Walks a list: `for await (const ticket of paginate(listTickets, { tag: ['soup'] }))`. A page is asked for when the
 * one before is used up. A list is walked on from any page's `nextCursor` by giving it as the cursor parameter.
 *
 * @throws {ApiError} when a page is not a success; an `UnexpectedResponseError` when a page names itself as the next one; and
 * as the operation does.
 */
export function paginate<Params extends object, Result extends AnyResult, Item>(
  operation: PagedOperation<Params, Result, Item>,
  params?: Params,
  options?: CallOptions,
  /** The result of the first page, where it has been asked for already. */
  first?: Promise<Result>,
): Paginated<Item, DataOf<Result>> {
  const { page } = operation.descriptor;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its parameters are those of `operation`, whose arguments are a conditional type
  const ask = operation as unknown as (params: object, options?: CallOptions) => Promise<Result>;
  async function* pages(): AsyncGenerator<Page<Item, DataOf<Result>>, void, undefined> {
    let cursor = member(params, page.cursor);
    for (let known = first; ; known = undefined) {
      const result = await (known ?? ask({ ...params, [page.cursor]: cursor }, options));
      const data = unwrap<Result>(result);
      const next = member(data, page.next);
      const nextCursor = typeof next === 'string' ? next : undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract says that it is the list of items
      const items = member(data, page.items) as readonly Item[];
      yield { items, nextCursor, data };
      if (nextCursor === undefined) return;
      if (nextCursor === cursor)
        throw new UnexpectedResponseError(result, 'the page names itself as the next one');
      cursor = nextCursor;
    }
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const { items } of pages()) yield* items;
    },
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
