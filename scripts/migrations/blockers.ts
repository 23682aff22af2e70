import { Client } from 'pg';

/** Watches from a connection of its own which sessions another one waits for. */
export interface BlockerWatch {
  /** The sessions that held the lock, as a sentence; empty when none was seen. */
  last(): string;
  stop(): void;
}

const SHORTEST_PAUSE_MS = 50;

const BLOCKERS = `
  SELECT activity.pid, activity.usename AS role, activity.state, activity.application_name AS application,
    round(extract(epoch FROM clock_timestamp() - activity.xact_start))::int AS seconds, left(activity.query, 120) AS query
  FROM unnest(pg_blocking_pids($1)) AS pid JOIN pg_stat_activity AS activity USING (pid)`;

interface BlockerRow {
  readonly pid: number;
  readonly role: string | null;
  readonly state: string | null;
  readonly application: string | null;
  readonly seconds: number | null;
  readonly query: string | null;
}

/**
 * Looks twice within each lock time-out: once a statement has given up, the server no longer says what it waited for. An error of
 * the watch itself does not fail the migration.
 *
 * @param pid the server process of the session that may wait.
 */
export function watchBlockers(url: string, pid: number, lockTimeoutMs: number): BlockerWatch {
  let seen = '';
  let client: Client | undefined;
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      if (client === undefined) {
        client = new Client({ connectionString: url, application_name: 'migrate, watching locks' });
        client.on('error', () => {});
        await client.connect();
      }
      const { rows } = await client.query<BlockerRow>(BLOCKERS, [pid]);
      if (rows.length > 0) {
        seen = `It waited for ${rows.map((row) => describe(row)).join(', and for ')}.`;
      }
    } catch {
      // The migration does not fail because of the watch.
    } finally {
      isLooking = false;
    }
  };
  const timer =
    lockTimeoutMs === 0
      ? undefined
      : setInterval(() => void look(), Math.max(SHORTEST_PAUSE_MS, lockTimeoutMs / 2));
  timer?.unref();
  return {
    last: () => seen,
    stop() {
      clearInterval(timer);
      void client?.end().catch(() => {});
    },
  };
}

function describe({ pid, role, state, application, seconds, query }: BlockerRow): string {
  const who = [role, application].filter((part) => part !== null && part !== '').join(', ');
  const since = seconds === null ? '' : ` for ${seconds} s`;
  return `server process ${pid} (${who}; ${state ?? 'state unknown'}${since}: ${(query ?? '').replaceAll(/\s+/g, ' ')}), which SELECT pg_terminate_backend(${pid}) ends`;
}
