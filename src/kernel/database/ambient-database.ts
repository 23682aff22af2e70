import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Queryable } from './database.ts';

/** A database whose calls can be made part of a transaction that somebody further out has begun. */
export interface AmbientDatabase extends Database {
  /**
   * Runs `work` in one transaction to which every query and every transaction of this database inside of `work`
   * belongs, however deep: they are done or undone together. Retried as `transaction` is.
   */
  within<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
}

/** The transaction that calls belong to, and the end of the last one nested in it. */
interface Ambient {
  readonly transaction: Queryable;
  readonly depth: number;
  last: Promise<unknown>;
}

/**
 * Adds ambient transactions to a database. Outside of `within` it does what the database does.
 *
 * Inside, a query that fails makes the whole transaction fail, as it does in PostgreSQL; one that may fail without that
 * is run in a `transaction` of its own, which becomes a savepoint.
 */
export function createAmbientDatabase(database: Database): AmbientDatabase {
  const storage = new AsyncLocalStorage<Ambient>();
  return {
    query: (text, values) => (storage.getStore()?.transaction ?? database).query(text, values),
    transaction(work) {
      const ambient = storage.getStore();
      return ambient === undefined ? database.transaction(work) : nest(storage, ambient, work);
    },
    within: (work) =>
      database.transaction((transaction) =>
        storage.run({ transaction, depth: 0, last: Promise.resolve() }, () => work(transaction)),
      ),
    ping: (timeoutMs) => database.ping(timeoutMs),
    close: () => database.close(),
  };
}

/** Runs `work` behind a savepoint. Nested transactions run one after the other: savepoints form a stack. */
function nest<T>(
  storage: AsyncLocalStorage<Ambient>,
  ambient: Ambient,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  const { transaction } = ambient;
  const depth = ambient.depth + 1;
  const savepoint = `nested_${depth}`;
  const result = ambient.last.then(async () => {
    await transaction.query(`SAVEPOINT ${savepoint}`);
    try {
      const value = await storage.run({ transaction, depth, last: Promise.resolve() }, () =>
        work(transaction),
      );
      await transaction.query(`RELEASE SAVEPOINT ${savepoint}`);
      return value;
    } catch (error) {
      await transaction.query(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      throw error;
    }
  });
  ambient.last = result.catch(() => {});
  return result;
}
