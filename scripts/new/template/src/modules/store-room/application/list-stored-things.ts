import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import type { StoredThing } from '../domain/stored-thing.ts';

/** Lists the stored things of `reader`, the newest first. */
export type ListStoredThings = (input: {
  readonly reader: string;
  /** The id of the last one of the page before; absent for the first page. */
  readonly before?: string;
  readonly limit: number;
}) => Promise<StoredThingListPage>;

/** One page of a list. */
export interface StoredThingListPage {
  readonly items: readonly StoredThing[];
  /** What `before` of the next page is; absent on the last one. */
  readonly next?: string;
}

export function createListStoredThings(ports: {
  readonly repository: StoredThingRepository;
}): ListStoredThings {
  return async ({ reader, limit, ...place }) => {
    // One more than the page holds tells whether there is a next page.
    const found = await ports.repository.list({ ...place, owner: reader, count: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last !== undefined ? { items, next: last.id } : { items };
  };
}
