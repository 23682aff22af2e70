import { CountingIds } from '#tests/kit/counting-ids.ts';
import { newStoredThing, type StoredThing, type StoredThingDraft } from '../domain/stored-thing.ts';

const ids = new CountingIds();

/** A stored thing of `ada`, and whatever else is given. */
export function sampleStoredThing(
  parts: Partial<StoredThingDraft> & {
    readonly id?: string;
    readonly owner?: string;
    readonly now?: Date;
  } = {},
): StoredThing {
  const { id = ids.next(), owner = 'ada', now = new Date('2026-03-01T12:00:00.123Z'), ...draft } = parts;
  return newStoredThing({ id, owner, draft: { name: 'The first one', ...draft }, now });
}
