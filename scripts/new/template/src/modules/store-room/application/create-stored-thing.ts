import type { Clock } from '#kernel/domain/clock.ts';
import type { Ids } from '#kernel/domain/ids.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import { newStoredThing, type StoredThing, type StoredThingDraft } from '../domain/stored-thing.ts';

/** Creates a stored thing that belongs to `owner`. @throws {InvalidStoredThingError} when the draft breaks a rule. */
export type CreateStoredThing = (input: {
  readonly owner: string;
  readonly draft: StoredThingDraft;
}) => Promise<StoredThing>;

export function createCreateStoredThing(ports: {
  readonly repository: StoredThingRepository;
  readonly ids: Ids;
  readonly clock: Clock;
}): CreateStoredThing {
  return async ({ owner, draft }) => {
    const created = newStoredThing({ id: ports.ids.next(), owner, draft, now: ports.clock.now() });
    await ports.repository.insert(created);
    return created;
  };
}
