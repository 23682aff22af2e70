import type { StoredThing } from './stored-thing.ts';

/** All stored things. It does not know who asks: callers check what they were given, inside `change` and `check` too. */
export interface StoredThingRepository {
  find(id: string): Promise<StoredThing | undefined>;
  /** The first `count` of an owner's whose ids are below `before`, the greatest id first: ids begin with the time they were made at. */
  list(query: {
    readonly owner: string;
    readonly before?: string;
    readonly count: number;
  }): Promise<readonly StoredThing[]>;
  insert(created: StoredThing): Promise<void>;
  /**
   * Replaces a stored thing by what `change` makes of it, with no other change in between: of two callers at once, the second is
   * given what the first left. Nothing changes when `change` throws. It may be called more than once, and has no other effects.
   *
   * @returns what is stored now.
   */
  update(id: string, change: (current: StoredThing | undefined) => StoredThing): Promise<StoredThing>;
  /** Removes a stored thing, unless `check` throws; otherwise as `update`. */
  remove(id: string, check: (current: StoredThing | undefined) => StoredThing): Promise<void>;
}
