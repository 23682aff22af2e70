import type { CreateStoredThing } from './create-stored-thing.ts';
import type { DeleteStoredThing } from './delete-stored-thing.ts';
import type { GetStoredThing } from './get-stored-thing.ts';
import type { ListStoredThings } from './list-stored-things.ts';
import type { ReplaceStoredThing } from './replace-stored-thing.ts';
import type { UpdateStoredThing } from './update-stored-thing.ts';

export type {
  StoredThing,
  StoredThingDraft,
  StoredThingPatch,
  VersionCondition,
} from '../domain/stored-thing.ts';

/** What can be done with stored things: one function per use case. */
export interface StoreRoomUseCases {
  readonly createStoredThing: CreateStoredThing;
  readonly deleteStoredThing: DeleteStoredThing;
  readonly getStoredThing: GetStoredThing;
  readonly listStoredThings: ListStoredThings;
  readonly replaceStoredThing: ReplaceStoredThing;
  readonly updateStoredThing: UpdateStoredThing;
}

/** What other modules may ask of this one. */
export interface StoreRoomApi {
  readonly getStoredThing: GetStoredThing;
}
