/** What a generated query runs on: the pool or a transaction. Structural twin of PgTyped's `IDatabaseConnection`. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number }>;
}

/** The process's one database: a bounded pool with bounded waiting. */
export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction and commits; rolls back when it throws. Serialization failures and deadlocks
   * (SQLSTATE 40001, 40P01) run the whole of `work` again, a bounded number of times, so it may have no other effects.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** One round trip. @throws when the database does not answer within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}
