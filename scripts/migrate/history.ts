import type { Client } from 'pg';
import { MigrationError } from './migration-error.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';

/** The schema of all version tables. Apart from the modules' schemas, so that a module's first migration makes, and its undoing drops, the whole of its own. */
export const HISTORY_SCHEMA = 'migrations';

/** A row of a module's version table. */
export interface AppliedMigration {
  readonly name: string;
  readonly appliedAt: Date;
  /** Null for rows that another tool wrote. */
  readonly checksum: string | null;
}

/** The module's version table: `recipe_version`, `meal_plan_version`. */
export function historyTable(module: MigrationModule): string {
  return `${module.name.replaceAll('-', '_')}_version`;
}

/**
 * Makes the module's version table. node-pg-migrate would make one as well, but knows nothing of checksums: its
 * `INSERT (name, run_on)` leaves the column to its default, which takes what `announceChecksum` set.
 */
export async function ensureHistory(client: Client, module: MigrationModule): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${HISTORY_SCHEMA};
    CREATE TABLE IF NOT EXISTS ${HISTORY_SCHEMA}.${historyTable(module)} (
      id serial PRIMARY KEY,
      name text NOT NULL UNIQUE,
      run_on timestamptz NOT NULL,
      checksum text DEFAULT nullif(current_setting('migrate.checksum', true), '')
    )`);
}

/** SQL that makes the next row of a version table carry the migration's checksum. */
export function announceChecksum(migration: Migration): string {
  return `SELECT set_config('migrate.checksum', '${migration.checksum}', false)`;
}

/** What has been applied, oldest first; nothing when the module was never migrated. Changes nothing. */
export async function readHistory(
  client: Client,
  module: MigrationModule,
): Promise<readonly AppliedMigration[]> {
  const table = `${HISTORY_SCHEMA}.${historyTable(module)}`;
  const found = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
    table,
  ]);
  if (found.rows[0]?.exists !== true) {
    return [];
  }
  const applied = await client.query<AppliedMigration>(
    `SELECT name, run_on AS "appliedAt", checksum FROM ${table} ORDER BY run_on, id`,
  );
  return applied.rows;
}

/** Where the files and a database's history disagree: each is a reason not to migrate. */
export function compareHistory(
  module: MigrationModule,
  history: readonly AppliedMigration[],
): readonly MigrationError[] {
  const byName = new Map(module.migrations.map((migration) => [migration.name, migration]));
  const applied = new Set(history.map(({ name }) => name));
  const lastNumber = Math.max(0, ...history.map(({ name }) => Number.parseInt(name, 10) || 0));
  const problems: MigrationError[] = [];
  for (const { name, checksum } of history) {
    const migration = byName.get(name);
    const file = `migrations/${module.name}/${name}.sql`;
    if (migration === undefined) {
      problems.push(wrong(file, 'was applied to this database, and its file is gone; put the file back.'));
    } else if (checksum !== null && checksum !== migration.checksum) {
      problems.push(
        wrong(
          file,
          'was changed after it was applied to this database; put it back, and add a new migration instead.',
        ),
      );
    }
  }
  for (const migration of module.migrations) {
    if (!applied.has(migration.name) && migration.number < lastNumber) {
      problems.push(
        wrong(
          migration.file,
          `comes before a migration that this database already has; number it above ${lastNumber}.`,
        ),
      );
    }
  }
  return problems;
}

function wrong(file: string, message: string): MigrationError {
  return new MigrationError(message, { file, line: 1, column: 1 });
}
