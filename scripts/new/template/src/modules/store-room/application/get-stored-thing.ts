import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import { assertReadable, type StoredThing } from '../domain/stored-thing.ts';

/** Gives a stored thing of `reader`. @throws {StoredThingNotFoundError} when there is none. */
export type GetStoredThing = (input: {
  readonly id: string;
  readonly reader: string;
}) => Promise<StoredThing>;

export function createGetStoredThing(ports: { readonly repository: StoredThingRepository }): GetStoredThing {
  return async ({ id, reader }) => assertReadable(await ports.repository.find(id), reader);
}
