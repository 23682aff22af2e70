import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import { assertEditable, type VersionCondition } from '../domain/stored-thing.ts';

/**
 * Deletes a stored thing for good.
 *
 * @throws {StoredThingNotFoundError} {@link StoredThingVersionMismatchError} as `assertEditable`.
 */
export type DeleteStoredThing = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition;
}) => Promise<void>;

export function createDeleteStoredThing(ports: {
  readonly repository: StoredThingRepository;
}): DeleteStoredThing {
  return async ({ id, editor, condition }) => {
    await ports.repository.remove(id, (current) => assertEditable(current, editor, condition));
  };
}
