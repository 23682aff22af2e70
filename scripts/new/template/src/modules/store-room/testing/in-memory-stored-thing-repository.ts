import { InMemoryRepository } from '#tests/kit/in-memory-repository.ts';
import { StoredThingVersionMismatchError } from '../domain/errors.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import type { StoredThing } from '../domain/stored-thing.ts';

/** Stored things in a Map: the port without a database, held to the same suite as PostgreSQL. */
export class InMemoryStoredThingRepository
  extends InMemoryRepository<StoredThing>
  implements StoredThingRepository
{
  constructor() {
    super(() => new StoredThingVersionMismatchError());
  }

  async list(query: {
    readonly owner: string;
    readonly before?: string;
    readonly count: number;
  }): Promise<readonly StoredThing[]> {
    return this.all
      .filter(({ owner, id }) => owner === query.owner && (query.before === undefined || id < query.before))
      .toSorted((left, right) => (left.id > right.id ? -1 : 1))
      .slice(0, query.count);
  }
}
