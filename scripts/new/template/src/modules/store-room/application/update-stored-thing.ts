import type { Clock } from '#kernel/domain/clock.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import {
  assertEditable,
  patchedStoredThing,
  type StoredThing,
  type StoredThingPatch,
  type VersionCondition,
} from '../domain/stored-thing.ts';

/**
 * Changes the parts of a stored thing that a merge patch names.
 *
 * @throws {StoredThingNotFoundError} {@link StoredThingVersionMismatchError} as `assertEditable`.
 * @throws {InvalidStoredThingError} when the result breaks a rule.
 */
export type UpdateStoredThing = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition;
  readonly patch: StoredThingPatch;
}) => Promise<StoredThing>;

export function createUpdateStoredThing(ports: {
  readonly repository: StoredThingRepository;
  readonly clock: Clock;
}): UpdateStoredThing {
  return async ({ id, editor, condition, patch }) =>
    ports.repository.update(id, (current) =>
      patchedStoredThing(assertEditable(current, editor, condition), patch, ports.clock.now()),
    );
}
