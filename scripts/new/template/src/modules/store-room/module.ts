import contract from '#generated/store-room/contract.json' with { type: 'json' };
import { storeRoomOperations } from '#generated/store-room/operations.ts';
import { bindModule, type ServedModule } from '#kernel/contract/module-binding.ts';
import type { Database } from '#kernel/database/database.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { UuidV7Ids, type Ids } from '#kernel/domain/ids.ts';
import { createCreateStoredThing } from './application/create-stored-thing.ts';
import { createDeleteStoredThing } from './application/delete-stored-thing.ts';
import { createGetStoredThing } from './application/get-stored-thing.ts';
import { createListStoredThings } from './application/list-stored-things.ts';
import { createReplaceStoredThing } from './application/replace-stored-thing.ts';
import type { StoreRoomApi, StoreRoomUseCases } from './application/store-room-api.ts';
import { createUpdateStoredThing } from './application/update-stored-thing.ts';
import type { StoredThingRepository } from './domain/stored-thing-repository.ts';
import { PgStoredThingRepository } from './infra/pg-stored-thing-repository.ts';
import { createStoreRoomHandlers } from './transport/store-room-handlers.ts';

/** What the store room module needs of the process. */
export interface StoreRoomModuleDependencies {
  readonly database: Database;
  readonly clock: Clock;
}

/** The store room module, wired: its contract with its handlers, and what other modules may ask of it. */
export interface StoreRoomModule extends ServedModule<'store-room'> {
  readonly api: StoreRoomApi;
}

export function createStoreRoomModule({ database, clock }: StoreRoomModuleDependencies): StoreRoomModule {
  const useCases = createStoreRoomUseCases({
    repository: new PgStoredThingRepository(database),
    ids: new UuidV7Ids(clock),
    clock,
  });
  const binding = bindModule({
    name: 'store-room',
    document: contract,
    operations: storeRoomOperations,
    handlers: createStoreRoomHandlers(useCases),
  });
  return { binding, schema: 'store_room', api: useCases };
}

/** Every use case over the same ports. */
export function createStoreRoomUseCases(ports: {
  readonly repository: StoredThingRepository;
  readonly ids: Ids;
  readonly clock: Clock;
}): StoreRoomUseCases {
  return {
    createStoredThing: createCreateStoredThing(ports),
    deleteStoredThing: createDeleteStoredThing(ports),
    getStoredThing: createGetStoredThing(ports),
    listStoredThings: createListStoredThings(ports),
    replaceStoredThing: createReplaceStoredThing(ports),
    updateStoredThing: createUpdateStoredThing(ports),
  };
}
