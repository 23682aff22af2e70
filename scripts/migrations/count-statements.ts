import type { Client } from 'pg';
import type { SqlSender } from './run-migration.ts';

/** Sends queries, and knows how far the one that holds several statements came. */
export interface StatementCounter {
  readonly sender: SqlSender;
  /** How many statements of the part were done before the one that failed; null when none of them failed. */
  done(): number | null;
  /** Ends counting. */
  stop(): void;
}

/**
 * Counts which statement of a migration's part is running. pg gives the results of a query with several statements when all of
 * them are done, and nothing when one fails: this is a private reach, to the message that the server sends after each.
 *
 * @param part the SQL of the part, as it is sent.
 */
export function countStatements(client: Client, part: string): StatementCounter {
  let running: number | null = null;
  let failed: number | null = null;
  const count = (): void => {
    running = running === null ? null : running + 1;
  };
  client.connection.on('commandComplete', count);
  return {
    sender: {
      async query(text) {
        running = text.startsWith(part) ? 0 : null;
        try {
          return await client.query(text);
        } catch (error) {
          failed ??= running; // the ROLLBACK comes after
          throw error;
        } finally {
          running = null;
        }
      },
    },
    done: () => failed,
    stop: () => void client.connection.off('commandComplete', count),
  };
}
