import { DatabaseError } from 'pg';
import { DomainError } from '../domain/domain-error.ts';
import type { ErrorKind } from '../domain/domain-error.ts';

/** The database did not answer in time, refused, or went away. Trying again later may help. */
export class DatabaseUnavailableError extends DomainError {
  readonly kind: ErrorKind = 'unavailable';
  readonly code = 'database-unavailable';

  constructor(cause: unknown) {
    super('The service cannot reach its data at the moment. Try again shortly.', { cause });
  }
}

/** Which rule of the schema a statement broke. */
export interface ConstraintViolation {
  readonly kind: 'unique' | 'foreign-key' | 'check' | 'not-null' | 'exclusion';
  /** SQLSTATE, class 23. */
  readonly sqlState: string;
  /** The constraint's name; for not-null the column's. Empty when PostgreSQL names none. */
  readonly constraint: string;
}

const VIOLATIONS: Readonly<Record<string, ConstraintViolation['kind']>> = {
  '23502': 'not-null',
  '23503': 'foreign-key',
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'exclusion',
};

/** What an error of a query says about the schema's rules, for infra to translate; undefined when it is no violation. */
export function constraintViolation(error: unknown): ConstraintViolation | undefined {
  const found = findDatabaseError(error);
  const kind = VIOLATIONS[found?.code ?? ''];
  if (found === undefined || kind === undefined) {
    return undefined;
  }
  return { kind, sqlState: found.code ?? '', constraint: found.constraint ?? found.column ?? '' };
}

/** The SQLSTATE of an error or of one of its causes; undefined when PostgreSQL did not make it. */
export function sqlState(error: unknown): string | undefined {
  return findDatabaseError(error)?.code;
}

/** Serialization failure or deadlock: the same work may succeed the next time. */
export function isRetryable(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40001' || code === '40P01';
}

/**
 * A prepared statement met a changed table: a migration ran under a live process. A fresh connection prepares it again.
 * Source: PostgreSQL, `RevalidateCachedQuery` in `src/backend/utils/cache/plancache.c`.
 */
export function isStalePlan(error: unknown): boolean {
  const found = findDatabaseError(error);
  return found?.code === '0A000' && found.routine === 'RevalidateCachedQuery';
}

/** Whether the connection that gave this error must not be used again. */
export function breaksConnection(error: unknown): boolean {
  const found = findDatabaseError(error);
  if (found === undefined) {
    return isDriverError(error);
  }
  return found.severity === 'FATAL' || found.severity === 'PANIC' || isStalePlan(error);
}

/** SQLSTATE classes and codes that say "not now": connection, resources, shutdown, time-outs, conflicts after all retries. */
const UNAVAILABLE = /^(?:08...|53...|57P..|57014|55P03|25P03|40001|40P01)$/;

/** Turns what pg throws into what callers may see; errors that are neither pg's nor an outage pass unchanged. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof DomainError) {
    return error;
  }
  const found = findDatabaseError(error);
  const isOutage = found === undefined ? isDriverError(error) : UNAVAILABLE.test(found.code ?? '');
  return isOutage ? new DatabaseUnavailableError(error) : error;
}

const SOCKET_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** What pg says of its own accord; these carry no code. Source: pg, `lib/client.js`; pg-pool, `index.js`. */
const DRIVER_MESSAGES =
  /^(?:Query read timeout|timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

function isDriverError(error: unknown): boolean {
  for (const link of causes(error)) {
    if (('code' in link && SOCKET_ERRORS.has(String(link.code))) || DRIVER_MESSAGES.test(link.message)) {
      return true;
    }
  }
  return false;
}

function findDatabaseError(error: unknown): DatabaseError | undefined {
  return causes(error).find((link) => link instanceof DatabaseError);
}

function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let link = error; link instanceof Error && chain.length < 10; link = link.cause) {
    chain.push(link);
  }
  return chain;
}
