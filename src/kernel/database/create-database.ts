import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import {
  DatabaseUnavailableError,
  breaksConnection,
  isRetryable,
  isStalePlan,
  toDatabaseError,
} from './database-errors.ts';
import type { Database, Queryable } from './database.ts';
import { explainRefusal, refusePooler } from './pooler.ts';
import { PoolTypes } from './value-parsers.ts';

export interface DatabaseOptions {
  /** Connection string. */
  readonly url: string;
  /** Most connections at once. */
  readonly poolSize: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
  /** How long a query may wait for a free or a new connection. */
  readonly acquireTimeoutMs?: number;
  /** How long the server may work on one statement. */
  readonly statementTimeoutMs?: number;
  /** How long a statement may wait for a lock. */
  readonly lockTimeoutMs?: number;
  /** How long a transaction may do nothing before the server ends it. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long to wait for a server that has gone silent; above `statementTimeoutMs`. */
  readonly queryTimeoutMs?: number;
  /** How often a transaction is run in all when it meets conflicts. */
  readonly transactionAttempts?: number;
  /** How many statement texts are prepared on the server; the rest are parsed each time. */
  readonly preparedStatementLimit?: number;
  /**
   * True behind PgBouncer in transaction mode, which shares connections between clients: nothing is prepared, and the
   * time-outs must come from `ALTER ROLE … SET`, because it refuses them at connection. Without this a connection
   * through a pooler is refused.
   */
  readonly isPooled?: boolean;
  /** Told of connections that broke while they were idle. */
  readonly onConnectionError?: (error: Error) => void;
}

const DEFAULTS = {
  applicationName: 'api',
  acquireTimeoutMs: 2_000,
  statementTimeoutMs: 10_000,
  lockTimeoutMs: 2_000,
  idleInTransactionTimeoutMs: 10_000,
  queryTimeoutMs: 12_000,
  transactionAttempts: 10,
  preparedStatementLimit: 500,
  isPooled: false,
} as const;

/** The forms of values that the generated types are about, whatever the role or the server is set to. */
const VALUE_FORMS = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres';

/** Opens the process's database: lazily, nothing connects before the first query. */
export function createDatabase(options: DatabaseOptions): Database {
  return new PgDatabase({ ...DEFAULTS, ...options });
}

type ResolvedOptions = typeof DEFAULTS extends infer D
  ? DatabaseOptions & { [K in keyof D]-?: Widen<D[K]> }
  : never;
type Widen<T> = T extends number ? number : T extends boolean ? boolean : string;

class PgDatabase implements Database {
  readonly #options: ResolvedOptions;
  readonly #pool: Pool;
  readonly #names: StatementNames;
  #closed: Promise<void> | undefined;

  constructor(options: ResolvedOptions) {
    this.#options = options;
    this.#names = new StatementNames(options.isPooled ? 0 : options.preparedStatementLimit);
    const types = new PoolTypes();
    this.#pool = new Pool({
      connectionString: options.url,
      max: options.poolSize,
      application_name: options.applicationName,
      connectionTimeoutMillis: options.acquireTimeoutMs,
      query_timeout: options.queryTimeoutMs,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      types: { getTypeParser: types.getTypeParser },
      verify: (client, done) => {
        void reportTo(done, begin(client, types, options.isPooled));
      },
      ...(options.isPooled
        ? {}
        : {
            statement_timeout: options.statementTimeoutMs,
            lock_timeout: options.lockTimeoutMs,
            idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
            options: VALUE_FORMS,
          }),
    });
    // Without these two a restart of PostgreSQL, or a connection that dies inside a transaction, ends the process.
    const onConnectionError = options.onConnectionError ?? (() => {});
    this.#pool.on('error', onConnectionError);
    this.#pool.on('connect', (client) => {
      client.on('error', () => {}); // the user of the client gets the same error from its query
    });
  }

  async query(text: string, values: unknown[] = []): Promise<{ rows: unknown[]; rowCount: number }> {
    try {
      return await this.#queryOnce(text, values);
    } catch (error) {
      if (!isStalePlan(error)) {
        throw toDatabaseError(error);
      }
    }
    try {
      return await this.#queryOnce(text, values);
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#transactionOnce(work);
      } catch (error) {
        if (attempt >= this.#options.transactionAttempts || !(isRetryable(error) || isStalePlan(error))) {
          throw toDatabaseError(error);
        }
      }
      // Full jitter: those who collided must not collide again in step.
      await sleep(Math.random() * Math.min(250, 5 * 2 ** attempt));
    }
  }

  async ping(timeoutMs: number): Promise<void> {
    const timer = new AbortController();
    const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
      throw new DatabaseUnavailableError(new Error(`No answer within ${timeoutMs} ms`));
    });
    const answer = this.query('SELECT 1');
    try {
      await Promise.race([answer, timeout]);
    } finally {
      timer.abort();
      // The one that lost the race settles later; its failure is not looked at.
      timeout.catch(() => {});
      answer.catch(() => {});
    }
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#pool.end());
  }

  async #queryOnce(text: string, values: unknown[]): Promise<{ rows: unknown[]; rowCount: number }> {
    const client = await this.#acquire();
    let isBroken = false;
    try {
      return await this.#send(client, text, values);
    } catch (error) {
      isBroken = breaksConnection(error);
      throw error;
    } finally {
      client.release(isBroken);
    }
  }

  async #transactionOnce<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#acquire();
    let isOpen = true;
    let isBroken = false;
    const transaction: Queryable = {
      query: (text, values = []) => {
        if (!isOpen) {
          return Promise.reject(new Error('A query was sent on a transaction that is over.'));
        }
        return this.#send(client, text, values);
      },
    };
    try {
      await client.query('BEGIN');
      const result = await work(transaction);
      isOpen = false;
      const end = await client.query('COMMIT');
      if (end.command !== 'COMMIT') {
        // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and `work` went on regardless.
        throw new Error(
          'The transaction was rolled back: one of its queries had failed and the failure was ignored.',
        );
      }
      return result;
    } catch (error) {
      isOpen = false;
      isBroken = breaksConnection(error) || !(await rollBack(client));
      throw error;
    } finally {
      client.release(isBroken);
    }
  }

  async #send(
    client: PoolClient,
    text: string,
    values: unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number }> {
    const name = this.#names.nameOf(text);
    const result = await client.query(name === undefined ? { text, values } : { name, text, values });
    return { rows: result.rows as unknown[], rowCount: result.rowCount ?? 0 };
  }

  /**
   * A client of the pool. With a callback, not a promise: when the time is over while a new client begins, the pool calls a second
   * time with that client (pg-pool 3.14), and a promise would keep it for ever.
   */
  #acquire(): Promise<PoolClient> {
    const { promise, resolve, reject } = Promise.withResolvers<PoolClient>();
    let gaveUp = false;
    this.#pool.connect((error, client, release) => {
      if (client === undefined) {
        gaveUp = true;
        reject(new DatabaseUnavailableError(explainRefusal(error)));
      } else if (gaveUp) {
        release();
      } else {
        resolve(client);
      }
    });
    return promise;
  }
}

/** What a new connection does before its first query. */
async function begin(client: PoolClient, types: PoolTypes, isPooled: boolean): Promise<void> {
  if (!isPooled) {
    await refusePooler(client);
  }
  await types.learn(client);
}

/** Settles a callback by a promise. */
async function reportTo(done: (error?: Error) => void, work: Promise<void>): Promise<void> {
  let failure: Error | undefined;
  try {
    await work;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  done(failure);
}

/** Whether the connection is clean again. */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/**
 * Names for statements, so that PostgreSQL parses and plans each once a connection. Bounded: queries whose text
 * varies with their parameters (spread arrays) would otherwise fill every connection's memory.
 */
class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #limit: number;

  /** @param limit how many texts get a name; 0 names none. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The text's name, the same each time; undefined for texts that came after the limit. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= this.#limit) {
      return known;
    }
    const name = `s${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }
}
