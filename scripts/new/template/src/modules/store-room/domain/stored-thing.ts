import {
  InvalidStoredThingError,
  StoredThingNotFoundError,
  StoredThingVersionMismatchError,
} from './errors.ts';

/** What the owner of a stored thing writes. */
export interface StoredThingContent {
  readonly name: string;
  /** Empty for nothing. */
  readonly note: string;
}

/** A stored thing: what its owner wrote, and what the system knows about it. */
export interface StoredThing extends StoredThingContent {
  /** UUID of version 7 (RFC 9562). */
  readonly id: string;
  /** The subject (`sub`) of the token that created it. */
  readonly owner: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the changes, from 1. */
  readonly version: number;
}

/** What an owner must write; the rest has defaults. */
export type StoredThingDraft = Pick<StoredThingContent, 'name'> & Partial<StoredThingContent>;

/** A merge patch (RFC 7396): absent members stay, `null` sets an optional one to its default. */
export interface StoredThingPatch {
  readonly name?: string;
  readonly note?: string | null;
}

/** The versions that a change may meet: any of these, or any at all. */
export type VersionCondition = 'any' | readonly number[];

/** A new stored thing, at version 1. @throws {InvalidStoredThingError} when the draft breaks a rule. */
export function newStoredThing(facts: {
  readonly id: string;
  readonly owner: string;
  readonly draft: StoredThingDraft;
  readonly now: Date;
}): StoredThing {
  const { id, owner, draft, now } = facts;
  return { ...toContent(draft), id, owner, createdAt: now, updatedAt: now, version: 1 };
}

/** The stored thing with all of its content replaced, one version later. @throws {InvalidStoredThingError} when the draft breaks a rule. */
export function replacedStoredThing(current: StoredThing, draft: StoredThingDraft, now: Date): StoredThing {
  // Time never runs backwards, even when the clock does.
  const updatedAt = now > current.updatedAt ? now : current.updatedAt;
  return { ...current, ...toContent(draft), updatedAt, version: current.version + 1 };
}

/** The stored thing after a merge patch, one version later. @throws {InvalidStoredThingError} when the result breaks a rule. */
export function patchedStoredThing(current: StoredThing, patch: StoredThingPatch, now: Date): StoredThing {
  const { name = current.name, note = current.note } = patch;
  return replacedStoredThing(current, note === null ? { name } : { name, note }, now);
}

/** The stored thing, when it is the reader's. @throws {StoredThingNotFoundError} when it is absent, or another person's. */
export function assertReadable(current: StoredThing | undefined, reader: string): StoredThing {
  if (current?.owner !== reader) {
    throw new StoredThingNotFoundError();
  }
  return current;
}

/**
 * The stored thing, when the editor may change this version of it.
 *
 * @throws {StoredThingNotFoundError} as `assertReadable`.
 * @throws {StoredThingVersionMismatchError} when it has another version.
 */
export function assertEditable(
  current: StoredThing | undefined,
  editor: string,
  condition: VersionCondition,
): StoredThing {
  const readable = assertReadable(current, editor);
  if (condition !== 'any' && !condition.includes(readable.version)) {
    throw new StoredThingVersionMismatchError();
  }
  return readable;
}

/** Completes and checks what an owner wrote. Lengths are the contract's to check. */
function toContent({ name, note = '' }: StoredThingDraft): StoredThingContent {
  if (!/\S/u.test(name)) {
    throw new InvalidStoredThingError([
      { code: 'blank', pointer: '/name', message: 'must hold more than white space' },
    ]);
  }
  return { name, note };
}
