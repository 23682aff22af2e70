import {
  deleteStoredThing,
  findStoredThingById,
  findStoredThingForUpdate,
  insertStoredThing,
  listStoredThings,
  updateStoredThing,
  type FindStoredThingByIdResult,
} from '#generated/store-room/queries/stored-things.ts';
import { BOUNDS } from '#kernel/database/bounds.ts';
import type { Database, Queryable } from '#kernel/database/database.ts';
import { StoredThingVersionMismatchError } from '../domain/errors.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import type { StoredThing } from '../domain/stored-thing.ts';

/** Stored things in PostgreSQL, in the schema `store_room`. */
export class PgStoredThingRepository implements StoredThingRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: string): Promise<StoredThing | undefined> {
    const row = await findStoredThingById.run({ id }, this.#database);
    return row && fromRow(row);
  }

  async list(query: {
    readonly owner: string;
    readonly before?: string;
    readonly count: number;
  }): Promise<readonly StoredThing[]> {
    // A bound is always given, so that each page has the same plan.
    const rows = await listStoredThings.run({ before: BOUNDS.uuid.highest, ...query }, this.#database);
    return rows.map((row) => fromRow(row));
  }

  async insert(created: StoredThing): Promise<void> {
    await insertStoredThing.run(created, this.#database);
  }

  async update(id: string, change: (current: StoredThing | undefined) => StoredThing): Promise<StoredThing> {
    return this.#database.transaction(async (transaction) => {
      const current = await lock(id, transaction);
      const changed = change(current);
      const replacedVersion = current?.version ?? 0;
      assertHit(await updateStoredThing.run({ ...changed, replacedVersion }, transaction));
      return changed;
    });
  }

  async remove(id: string, check: (current: StoredThing | undefined) => StoredThing): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const { version } = check(await lock(id, transaction));
      assertHit(await deleteStoredThing.run({ id, version }, transaction));
    });
  }
}

/** The stored thing, locked against other changes. */
async function lock(id: string, transaction: Queryable): Promise<StoredThing | undefined> {
  const row = await findStoredThingForUpdate.run({ id }, transaction);
  return row && fromRow(row);
}

/** The lock makes this a formality; the statement still names the version, for writers that take no lock. */
function assertHit(hit: { readonly id: string } | undefined): void {
  if (hit === undefined) {
    throw new StoredThingVersionMismatchError();
  }
}

function fromRow(row: FindStoredThingByIdResult): StoredThing {
  return { ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) };
}
