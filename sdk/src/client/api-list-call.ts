import type { CallOptions } from '../runtime/client.ts';
import type { PagedOperation } from '../runtime/operation.ts';
import { paginate, type Page, type Paginated } from '../runtime/paginate.ts';
import type { AnyResult, DataOf } from '../runtime/result.ts';
import { ApiCall } from './api-call.ts';

/**
 * A call of a list: a promise of its first page, and with `for await` all items of all pages. The first page is asked for
 * once, however it is read.
 */
export class ApiListCall<Params extends object, R extends AnyResult, Item>
  extends ApiCall<R>
  implements Paginated<Item, DataOf<R>>
{
  readonly #operation: PagedOperation<Params, R, Item>;
  readonly #params: Params | undefined;
  readonly #options: CallOptions;

  constructor(
    operation: PagedOperation<Params, R, Item>,
    params: Params | undefined,
    options: CallOptions,
    first: Promise<R>,
  ) {
    super(first);
    this.#operation = operation;
    this.#params = params;
    this.#options = options;
  }

  /** The list page by page. */
  pages(): AsyncIterable<Page<Item, DataOf<R>>> {
    return paginate(this.#operation, this.#params, this.#options, this.result()).pages();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }
}
