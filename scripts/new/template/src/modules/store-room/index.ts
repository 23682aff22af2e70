/** The store room module: stored things of their owners. This is its front door; other modules import nothing else of it, and from their `infra` only. */
export type { StoredThing, StoreRoomApi } from './application/store-room-api.ts';
