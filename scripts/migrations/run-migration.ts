import type { MigrationBuilder } from 'node-pg-migrate';
import type { ClientBase } from 'pg';
import { HISTORY_SCHEMA, announceChecksum, historyTable } from './history.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';

/** node-pg-migrate prints whole statements on an error; the place and PostgreSQL's message say it better. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** What to do with one migration. `mark` and `unmark` change its row in the version table only. */
export interface MigrationStep {
  readonly module: MigrationModule;
  readonly migration: Migration;
  readonly action: 'up' | 'down' | 'mark' | 'unmark';
}

/** What node-pg-migrate asks of a connection. */
export interface SqlSender {
  query(text: string): Promise<unknown>;
}

/**
 * Runs one migration with node-pg-migrate: in a transaction together with its row in the version table, unless it says
 * `-- no-transaction`.
 *
 * @param client holds the migration lock.
 * @throws what the statement that failed threw; the transaction is rolled back then.
 */
export async function runMigration(client: SqlSender, step: MigrationStep): Promise<void> {
  await run(client, step);
}

/**
 * Whether what node-pg-migrate sends writes a row of a version table, or takes one away. This and `recordMigration` are private
 * reaches: it gives its statements no names, and has no run without a database.
 */
export function isHistoryRow(sent: string): boolean {
  return (
    sent.startsWith(`INSERT INTO "${HISTORY_SCHEMA}"`) || sent.startsWith(`DELETE FROM "${HISTORY_SCHEMA}"`)
  );
}

/**
 * The SQL that `runMigration` sends for a migration, in order, without sending it: the same run against a database that
 * answers and does nothing.
 *
 * @param applied names of what the module has applied, in order.
 */
export async function recordMigration(
  step: MigrationStep,
  applied: readonly string[],
): Promise<readonly string[]> {
  const sent: string[] = [];
  await run(
    {
      query(text: string): Promise<{ readonly rows: readonly object[] }> {
        if (text.startsWith('SELECT name FROM')) {
          return Promise.resolve({ rows: applied.map((name) => ({ name })) });
        }
        if (!/^SELECT (?:table_name|constraint_name) FROM information_schema/.test(text)) {
          sent.push(text);
        }
        return Promise.resolve({ rows: [{}] });
      },
    },
    step,
  );
  return sent;
}

async function run(client: SqlSender, { module, migration, action }: MigrationStep): Promise<void> {
  // Loaded when there is work: most runs find none.
  const { runner } = await import('node-pg-migrate');
  const isUp = action === 'up' || action === 'mark';
  const section = (sql: string) => (builder: MigrationBuilder) => {
    if (migration.isOutsideTransaction) {
      builder.noTransaction();
    }
    if (isUp) {
      builder.sql(announceChecksum(migration));
    }
    builder.sql(sql);
  };
  if (action === 'mark') {
    await client.query(announceChecksum(migration));
  }
  await runner({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it asks its client for nothing but `query`
    dbClient: client as ClientBase,
    dir: module.dir,
    ignorePattern: String.raw`(?:\..*|.*(?<!\.sql))`,
    migrationsSchema: HISTORY_SCHEMA,
    migrationsTable: historyTable(module),
    direction: isUp ? 'up' : 'down',
    file: migration.name,
    count: 1,
    fake: action === 'mark' || action === 'unmark',
    checkOrder: false, // compared before, by the order in which rows were written: clocks go back
    singleTransaction: !migration.isOutsideTransaction,
    noLock: true, // one lock of ours spans all modules
    logger: SILENT,
    migrationLoaderStrategies: [
      {
        extensions: ['.sql'],
        loader: (paths: string[]) =>
          Promise.resolve(
            paths.map((path) => ({
              id: path,
              filePaths: [path],
              actions:
                path === migration.path
                  ? {
                      up: section(migration.up.sql),
                      down: migration.down === null ? (false as const) : section(migration.down.sql),
                    }
                  : { up: false as const, down: false as const },
            })),
          ),
      },
    ],
  });
}
