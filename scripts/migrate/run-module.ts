import { runner } from 'node-pg-migrate';
import type { MigrationBuilder } from 'node-pg-migrate';
import { DatabaseError } from 'pg';
import type { Client } from 'pg';
import { HISTORY_SCHEMA, announceChecksum, historyTable } from './history.ts';
import { MigrationError } from './migration-error.ts';
import type { Migration, MigrationModule, MigrationSection } from './read-migrations.ts';

/** node-pg-migrate prints whole statements on an error; the place and PostgreSQL's message say it better. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Applies or undoes migrations of one module in one transaction, on a session that holds the migration lock.
 *
 * @returns the names of what ran, in order.
 * @throws {MigrationError} with the place of the SQL that failed; nothing of the batch stays.
 */
export async function runModule(options: {
  readonly client: Client;
  readonly module: MigrationModule;
  readonly direction: 'up' | 'down';
  /** How many to run; all when absent. */
  readonly count?: number;
}): Promise<readonly string[]> {
  const { client, module, direction, count } = options;
  const byPath = new Map(module.migrations.map((migration) => [migration.path, migration]));
  // What is running, for the message when it fails: the runner's errors do not say.
  let current: Migration | undefined;
  const section = (migration: Migration, part: MigrationSection) => (builder: MigrationBuilder) => {
    current = migration;
    if (migration.isOutsideTransaction) {
      builder.noTransaction();
    }
    builder.sql(announceChecksum(migration));
    builder.sql(part.sql);
  };
  try {
    const done = await runner({
      dbClient: client,
      dir: module.dir,
      ignorePattern: String.raw`(?:\..*|.*(?<!\.sql))`,
      migrationsSchema: HISTORY_SCHEMA,
      migrationsTable: historyTable(module),
      direction,
      ...(count === undefined ? {} : { count }),
      checkOrder: true,
      singleTransaction: true,
      noLock: true, // one lock of ours spans all modules
      logger: SILENT,
      migrationLoaderStrategies: [
        {
          extensions: ['.sql'],
          loader: (paths: string[]) =>
            Promise.resolve(
              paths.map((path) => {
                const migration = byPath.get(path);
                if (migration === undefined) {
                  throw new Error(`${path} appeared while the migrations ran; run them again.`);
                }
                const { up, down } = migration;
                return {
                  id: path,
                  filePaths: [path],
                  actions: {
                    up: section(migration, up),
                    down: down === null ? (false as const) : section(migration, down),
                  },
                };
              }),
            ),
        },
      ],
    });
    return done.map(({ name }) => name);
  } catch (error) {
    throw current === undefined ? error : locate(error, current, direction);
  }
}

/** Turns PostgreSQL's error into one that says the place in the file. */
function locate(error: unknown, migration: Migration, direction: 'up' | 'down'): MigrationError {
  const part = (direction === 'up' ? migration.up : migration.down) ?? migration.up;
  const failure = error instanceof DatabaseError ? error : undefined;
  // PostgreSQL counts characters from 1, JavaScript UTF-16 units.
  const before = Array.from(part.sql)
    .slice(0, Math.max(0, Number(failure?.position ?? 1) - 1))
    .join('');
  const lines = before.split('\n');
  const place = {
    file: migration.file,
    line: part.line + lines.length - 1,
    column: (lines.at(-1)?.length ?? 0) + 1,
  };
  const code = failure?.code === undefined ? '' : ` (SQLSTATE ${failure.code})`;
  const message = error instanceof Error ? error.message : String(error);
  const notes = [failure?.detail, failure?.hint].filter((note) => note !== undefined && note !== '');
  const text = [`${message}${code}`, ...notes].join('. ');
  return new MigrationError(`${text}. Nothing of this batch was kept.`, place, { cause: error });
}
