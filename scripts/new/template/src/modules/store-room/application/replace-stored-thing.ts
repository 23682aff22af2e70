import type { Clock } from '#kernel/domain/clock.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import {
  assertEditable,
  replacedStoredThing,
  type StoredThing,
  type StoredThingDraft,
  type VersionCondition,
} from '../domain/stored-thing.ts';

/**
 * Replaces everything that the owner of a stored thing wrote.
 *
 * @throws {StoredThingNotFoundError} {@link StoredThingVersionMismatchError} as `assertEditable`.
 * @throws {InvalidStoredThingError} when the draft breaks a rule.
 */
export type ReplaceStoredThing = (input: {
  readonly id: string;
  readonly editor: string;
  readonly condition: VersionCondition;
  readonly draft: StoredThingDraft;
}) => Promise<StoredThing>;

export function createReplaceStoredThing(ports: {
  readonly repository: StoredThingRepository;
  readonly clock: Clock;
}): ReplaceStoredThing {
  return async ({ id, editor, condition, draft }) =>
    ports.repository.update(id, (current) =>
      replacedStoredThing(assertEditable(current, editor, condition), draft, ports.clock.now()),
    );
}
