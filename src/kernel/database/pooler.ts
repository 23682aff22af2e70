import { DatabaseError } from 'pg';

/** A connection, as far as it takes to ask who is at its other end. */
interface Asking {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
}

const WAY_OUT = 'behind a pooler set DATABASE_POOLED=true';

/**
 * Whether a pooler stands between a new connection of pg and PostgreSQL. The server tells each connection the number of
 * the process that serves it; a pooler makes one up, because many connections share a process.
 *
 * pg has that number in `processID` and documents no way to it: a private reach.
 */
export async function isThroughPooler(client: Asking): Promise<boolean> {
  const announced: unknown = Reflect.get(client, 'processID');
  const [row] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
  return typeof row !== 'object' || row === null || !('pid' in row) || row.pid !== announced;
}

/**
 * Refuses a connection through a pooler where statements are prepared: what one process prepared under a name, another
 * would run under the same name.
 *
 * @throws with what to set, when there is one.
 */
export async function refusePooler(client: Asking): Promise<void> {
  if (await isThroughPooler(client)) {
    throw new Error(`the connection goes through a pooler, which mixes up prepared statements; ${WAY_OUT}`);
  }
}

/** PgBouncer refuses the time-outs that a connection begins with; the error then says what to set. */
export function explainRefusal(error: unknown): unknown {
  const isRefused = error instanceof DatabaseError && /unsupported startup parameter/.test(error.message);
  return isRefused ? new Error(`${error.message}; ${WAY_OUT}`, { cause: error }) : error;
}
