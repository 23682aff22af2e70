import type { StoreRoomHandlers } from '#generated/store-room/handlers.ts';
import type { StoredThing as WireStoredThing } from '#generated/store-room/schemas.ts';
import { InvalidCursorError, openCursor, sealCursor } from '#kernel/contract/cursor.ts';
import { parseIfMatch, toVersionTag } from '#kernel/contract/entity-tags.ts';
import type { StoredThing, StoreRoomUseCases } from '../application/store-room-api.ts';

/** Implements the store room contract over the use cases. */
export function createStoreRoomHandlers(useCases: StoreRoomUseCases): StoreRoomHandlers {
  return {
    async listStoredThings({ query: { cursor, limit } }, { user }) {
      // A cursor is good for its own list and its own reader only.
      const belonging = ['stored-things', user.subject];
      const place = cursor === undefined ? {} : { before: toId(openCursor(cursor, belonging)) };
      const page = await useCases.listStoredThings({ reader: user.subject, limit, ...place });
      const items = page.items.map((item) => toWire(item));
      const next = page.next === undefined ? {} : { nextCursor: sealCursor(page.next, belonging) };
      return { status: 200, body: { items, ...next } };
    },

    async createStoredThing({ body }, { user }) {
      const created = await useCases.createStoredThing({ owner: user.subject, draft: body });
      const headers = { location: `/stored-things/${created.id}`, etag: toVersionTag(created.version) };
      return { status: 201, body: toWire(created), headers };
    },

    async getStoredThing({ path }, { user }) {
      const found = await useCases.getStoredThing({ id: path.storedThingId, reader: user.subject });
      return { status: 200, body: toWire(found), headers: { etag: toVersionTag(found.version) } };
    },

    async replaceStoredThing({ path, headers, body }, { user }) {
      const changed = await useCases.replaceStoredThing({
        id: path.storedThingId,
        editor: user.subject,
        // Without If-Match the contract has refused the request before: 428.
        condition: parseIfMatch(headers['if-match']) ?? [],
        draft: body,
      });
      return { status: 200, body: toWire(changed), headers: { etag: toVersionTag(changed.version) } };
    },

    async updateStoredThing({ path, headers, body }, { user }) {
      const changed = await useCases.updateStoredThing({
        id: path.storedThingId,
        editor: user.subject,
        condition: parseIfMatch(headers['if-match']) ?? [],
        patch: body,
      });
      return { status: 200, body: toWire(changed), headers: { etag: toVersionTag(changed.version) } };
    },

    async deleteStoredThing({ path, headers }, { user }) {
      const condition = parseIfMatch(headers['if-match']) ?? 'any';
      await useCases.deleteStoredThing({ id: path.storedThingId, editor: user.subject, condition });
      return { status: 204 };
    },
  };
}

/** A stored thing as the contract says it. */
function toWire({ id, name, note, owner, createdAt, updatedAt, version }: StoredThing): WireStoredThing {
  return {
    id,
    name,
    note,
    owner,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    version,
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Checks the place of a cursor as any input: a client that can compute the digest must still not reach the database with it. */
function toId(place: string): string {
  if (!UUID.test(place)) {
    throw new InvalidCursorError();
  }
  return place;
}
