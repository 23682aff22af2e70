import type { IdempotencyStore, IdempotentCall } from '#kernel/contract/ports.ts';
import type { PreparedResponse } from '#kernel/contract/respond/send-response.ts';
import type { AmbientDatabase } from '#kernel/database/ambient-database.ts';
import type { Queryable } from '#kernel/database/database.ts';
import { IdempotencyKeyReusedError, IdempotentRequestRunningError } from './errors.ts';
import { readStored, toStored } from './stored-response.ts';

/** Held until the transaction ends, however it ends: a process that dies leaves nothing locked. */
const LOCK = 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 20017)) AS is_free';

const FIND = `
SELECT fingerprint, status, headers, content_type, body FROM platform.idempotency_keys
WHERE subject = $1 AND operation = $2 AND key = $3 AND expires_at > statement_timestamp()`;

const KEEP = `
INSERT INTO platform.idempotency_keys (subject, operation, key, fingerprint, status, headers, content_type, body, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, statement_timestamp() + make_interval(secs => $9))
ON CONFLICT (subject, operation, key) DO UPDATE SET
  fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
  content_type = excluded.content_type, body = excluded.body, expires_at = excluded.expires_at`;

const FORGET = `
DELETE FROM platform.idempotency_keys WHERE (subject, operation, key) IN (
  SELECT subject, operation, key FROM platform.idempotency_keys
  WHERE expires_at <= statement_timestamp() ORDER BY expires_at LIMIT 1000)`;

const CALLS_PER_CLEANING = 500;

/**
 * Does work once however often it is asked for. The work, its answer and the key are written in one transaction, so a
 * crash at any moment leaves either all of them or none. Only successes are kept: a refusal may be tried again with the same
 * key. Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
export class PgIdempotencyStore implements IdempotencyStore {
  readonly #database: AmbientDatabase;
  readonly #ttlSeconds: number;
  #calls = 0;

  /** @param options.ttlSeconds how long answers are kept. */
  constructor({ database, ttlSeconds }: { readonly database: AmbientDatabase; readonly ttlSeconds: number }) {
    this.#database = database;
    this.#ttlSeconds = ttlSeconds;
  }

  /**
   * The answer of `work`, or the one it gave the first time. `work` may run more than once, as in `transaction`.
   *
   * @throws {IdempotencyKeyReusedError} when the key came with another request before.
   * @throws {IdempotentRequestRunningError} when the first request is still running.
   */
  async once(call: IdempotentCall, work: () => Promise<PreparedResponse>): Promise<PreparedResponse> {
    const answer = await this.#database.within(async (transaction) => {
      const isFree = await lock(transaction, call);
      const earlier = await find(transaction, call);
      if (earlier !== undefined) return earlier;
      // A repeated request holds the lock as well, for a moment; as there is no answer yet, it is the first request's.
      if (!isFree) throw new IdempotentRequestRunningError();
      const response = await work();
      await this.#keep(transaction, call, response);
      return response;
    });
    this.#calls += 1;
    if (this.#calls % CALLS_PER_CLEANING === 0) await this.forgetExpired();
    return answer;
  }

  /** Deletes some of the answers that are no longer given. */
  async forgetExpired(): Promise<void> {
    await this.#database.query(FORGET);
  }

  async #keep(transaction: Queryable, call: IdempotentCall, response: PreparedResponse): Promise<void> {
    const { status, headers, contentType, body } = toStored(response);
    const { subject, operationId, key, fingerprint } = call;
    await transaction.query(KEEP, [
      subject,
      operationId,
      key,
      fingerprint,
      status,
      JSON.stringify(headers),
      contentType,
      body,
      this.#ttlSeconds,
    ]);
  }
}

/** @returns whether it was free. */
async function lock(transaction: Queryable, { subject, operationId, key }: IdempotentCall): Promise<boolean> {
  const { rows } = await transaction.query(LOCK, [JSON.stringify([subject, operationId, key])]);
  const [row] = rows;
  return typeof row === 'object' && row !== null && 'is_free' in row && row.is_free === true;
}

/** A statement of its own, after the lock: it sees what the transaction that held the lock before has written. */
async function find(transaction: Queryable, call: IdempotentCall): Promise<PreparedResponse | undefined> {
  const { rows } = await transaction.query(FIND, [call.subject, call.operationId, call.key]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { fingerprint, response } = readStored(row);
  if (Buffer.compare(fingerprint, call.fingerprint) !== 0) throw new IdempotencyKeyReusedError();
  return response;
}
