import type { Queryable } from '#kernel/database/database.ts';
import type { Budget, RateStore } from './rate-store.ts';

/** Windows are aligned to the clock of the database, so replicas agree on them without agreeing on the time. */
const TAKE = `
INSERT INTO platform.rate_limits AS budget (caller, window_start, used)
VALUES ($1, floor(extract(epoch FROM statement_timestamp()) * 1000 / $2::float8)::bigint, 1)
ON CONFLICT (caller) DO UPDATE SET
  used = CASE WHEN budget.window_start = excluded.window_start THEN budget.used + 1 ELSE 1 END,
  touched_at = CASE WHEN budget.window_start = excluded.window_start THEN budget.touched_at ELSE excluded.touched_at END,
  window_start = excluded.window_start
RETURNING used, ((window_start + 1) * $2::float8 - extract(epoch FROM statement_timestamp()) * 1000)::float8 AS reset_ms`;

/** Callers whose last window began so long ago are forgotten: no window is longer than a day. */
const FORGET = `
DELETE FROM platform.rate_limits WHERE caller = ANY (ARRAY(
  SELECT caller FROM platform.rate_limits WHERE touched_at < statement_timestamp() - interval '1 day' LIMIT 1000))`;

const TAKES_PER_CLEANING = 1000;

/** Counts in PostgreSQL: budgets are shared by every replica, at the cost of one statement per request. */
export class PgRateStore implements RateStore {
  readonly #database: Queryable;
  #takes = 0;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async take(key: string, windowMs: number): Promise<Budget> {
    const { rows } = await this.#database.query(TAKE, [key, windowMs]);
    this.#takes += 1;
    if (this.#takes % TAKES_PER_CLEANING === 0) await this.forgetOld();
    const [row] = rows;
    if (typeof row !== 'object' || row === null || !('used' in row) || !('reset_ms' in row)) {
      throw new TypeError('The database gave no budget.');
    }
    return { used: Number(row.used), resetMs: Number(row.reset_ms) };
  }

  /** Deletes some of the callers whose windows are over for good. */
  async forgetOld(): Promise<void> {
    await this.#database.query(FORGET);
  }
}
