import type { CallOptions } from './client.ts';
import type { PagedOperation } from './operation.ts';
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
 * Walks a list: `for await (const recipe of paginate(listRecipes, { tag: ['soup'] }))`. A page is asked for when the
 * one before is used up. A list is walked on from any page's `nextCursor` by giving it as the cursor parameter.
 *
 * @throws {ApiError} when a page is not a success; and as the operation does.
 */
export function paginate<Params extends object, Result extends AnyResult, Item>(
  operation: PagedOperation<Params, Result, Item>,
  params?: Params,
  options?: CallOptions,
): Paginated<Item, DataOf<Result>> {
  const { id, page } = operation.descriptor;
  const ask = operation as unknown as (params: object, options?: CallOptions) => Promise<Result>;
  async function* pages(): AsyncGenerator<Page<Item, DataOf<Result>>, void, undefined> {
    let cursor = (params as Readonly<Record<string, unknown>> | undefined)?.[page.cursor];
    for (;;) {
      const data: DataOf<Result> = unwrap(await ask({ ...params, [page.cursor]: cursor }, options));
      const body = data as Readonly<Record<string, unknown>>;
      const nextCursor = (body[page.next] as string | null | undefined) ?? undefined;
      yield { items: body[page.items] as readonly Item[], nextCursor, data };
      if (nextCursor === undefined) return;
      if (nextCursor === cursor) throw new Error(`${id}: the page names itself as the next one`);
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
