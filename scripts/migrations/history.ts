import type { Client } from 'pg';
import { errorCode } from '../diagnostics/error-code.ts';
import { schemaOfModule } from '../sql/module-schema.ts';
import { MigrationImpossibleError } from './migration-error.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';

/** The schema of all version tables. Apart from the modules' schemas, so that a module's first migration makes, and its undoing drops, the whole of its own. */
export const HISTORY_SCHEMA = 'migrations';

/** Where it stands that a migration outside a transaction has begun: what it leaves when it is killed is cleared away by the next run. */
export const UNFINISHED_TABLE = 'unfinished';

/** A row of a module's version table. */
export interface AppliedMigration {
  readonly name: string;
  readonly appliedAt: Date;
  /** Null for rows that another tool wrote. */
  readonly checksum: string | null;
}

/** What a database knows of its migrations. */
export interface History {
  /** By module, oldest first; only of modules whose version table exists. */
  readonly applied: ReadonlyMap<string, readonly AppliedMigration[]>;
  /** By module: migrations outside a transaction that began and were not seen to end. */
  readonly unfinished: ReadonlyMap<string, readonly string[]>;
  /** Version tables with rows that belong to none of the modules asked about. */
  readonly otherTables: readonly string[];
}

/** The module's version table: `ticket_version`, `meal_plan_version`. */
export function historyTable(module: MigrationModule): string {
  return `${schemaOfModule(module.name)}_version`;
}

/** What a new row of a version table has as its checksum: what `announceChecksum` set. */
const CHECKSUM_DEFAULT = `nullif(current_setting('migrate.checksum', true), '')`;

/**
 * SQL that makes a module's version table. node-pg-migrate would make one as well, but knows nothing of checksums: its
 * `INSERT (name, run_on)` leaves the column to its default. A table that its own command made gets the column; what it
 * applied has no checksum. A role that has more by default privileges may read the tables, and no more.
 */
export function historySql(module: MigrationModule): string {
  const table = `${HISTORY_SCHEMA}.${historyTable(module)}`;
  return `CREATE SCHEMA IF NOT EXISTS ${HISTORY_SCHEMA};
CREATE TABLE IF NOT EXISTS ${table} (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  run_on timestamptz NOT NULL,
  checksum text DEFAULT ${CHECKSUM_DEFAULT}
);
CREATE TABLE IF NOT EXISTS ${HISTORY_SCHEMA}.${UNFINISHED_TABLE} (
  module text,
  name text,
  began_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (module, name)
);
DO $$
DECLARE
  grantee regrole;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attname = 'checksum') THEN
    ALTER TABLE ${table} ADD COLUMN checksum text;
    ALTER TABLE ${table} ALTER COLUMN checksum SET DEFAULT ${CHECKSUM_DEFAULT};
  END IF;
  FOR grantee IN
    SELECT DISTINCT acl.grantee FROM pg_class, aclexplode(relacl) AS acl
    WHERE relnamespace = '${HISTORY_SCHEMA}'::regnamespace AND acl.grantee NOT IN (0, relowner)
  LOOP
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA ${HISTORY_SCHEMA} FROM %s', grantee);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA ${HISTORY_SCHEMA} FROM %s', grantee);
  END LOOP;
END
$$`;
}

/** SQL that makes the next row of a version table carry the migration's checksum. */
export function announceChecksum(migration: Migration): string {
  return `SELECT set_config('migrate.checksum', '${migration.checksum}', false)`;
}

/**
 * What a database knows of its migrations; nothing when it was never migrated. Changes nothing.
 *
 * @throws {MigrationImpossibleError} when the role may not read the version tables.
 */
export async function readHistory(client: Client, modules: readonly MigrationModule[]): Promise<History> {
  try {
    return await readTables(client, modules);
  } catch (error) {
    if (errorCode(error) === '42501') {
      throw new MigrationImpossibleError(
        'The role may not read the version tables: set MIGRATION_DATABASE_URL to the owner’s connection string.',
        { cause: error },
      );
    }
    throw error;
  }
}

async function readTables(client: Client, modules: readonly MigrationModule[]): Promise<History> {
  const tables = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = to_regnamespace($1) AND relkind = 'r' ORDER BY relname`,
    [HISTORY_SCHEMA],
  );
  const existing = new Set(tables.rows.map(({ name }) => name));
  const known = modules.filter((module) => existing.has(historyTable(module)));
  const applied = new Map<string, AppliedMigration[]>(known.map(({ name }) => [name, []]));
  if (known.length > 0) {
    const parts = known.map(
      (module) =>
        // A table that node-pg-migrate's own command made has no such column.
        `SELECT '${module.name}' AS module, id, name, run_on, to_jsonb(version) ->> 'checksum' AS checksum
         FROM ${HISTORY_SCHEMA}.${historyTable(module)} AS version`,
    );
    const rows = await client.query<AppliedMigration & { readonly module: string }>(
      `SELECT module, name, run_on AS "appliedAt", checksum FROM (${parts.join(' UNION ALL ')}) AS history
       ORDER BY module, id`,
    );
    for (const { module, ...row } of rows.rows) {
      applied.get(module)?.push(row);
    }
  }
  const ours = new Set(modules.map((module) => historyTable(module)));
  const others = [...existing].filter((name) => /^[a-z0-9_]+_version$/.test(name) && !ours.has(name));
  return {
    applied,
    unfinished: existing.has(UNFINISHED_TABLE) ? await readUnfinished(client) : new Map(),
    otherTables: others.length === 0 ? [] : await withRows(client, others),
  };
}

async function withRows(client: Client, tables: readonly string[]): Promise<readonly string[]> {
  const parts = tables.map(
    (table) => `SELECT '${table}' AS name WHERE EXISTS (SELECT FROM ${HISTORY_SCHEMA}.${table})`,
  );
  return (await client.query<{ name: string }>(parts.join(' UNION ALL '))).rows.map(({ name }) => name);
}

async function readUnfinished(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await client.query<{ module: string; name: string }>(
    `SELECT module, name FROM ${HISTORY_SCHEMA}.${UNFINISHED_TABLE}`,
  );
  return new Map(
    [...Map.groupBy(rows.rows, ({ module }) => module)].map(([module, group]) => [
      module,
      group.map(({ name }) => name),
    ]),
  );
}

/** What of a module is applied, oldest first. */
export function appliedOf(history: History, module: MigrationModule): readonly AppliedMigration[] {
  return history.applied.get(module.name) ?? [];
}

/** What of a module is not applied yet, in order. */
export function pendingOf(history: History, module: MigrationModule): readonly Migration[] {
  const names = new Set(appliedOf(history, module).map(({ name }) => name));
  return module.migrations.filter(({ name }) => !names.has(name));
}

/** Whether a migration outside a transaction began in an earlier run and was not seen to end. */
export function isUnfinished(history: History, module: MigrationModule, migration: Migration): boolean {
  return history.unfinished.get(module.name)?.includes(migration.name) === true;
}

/**
 * What of a module an earlier run began to undo outside a transaction and was killed in, last first: how much of
 * it is in the database is not known until it is undone to the end.
 */
export function halfUndoneOf(history: History, module: MigrationModule): readonly Migration[] {
  const names = new Set(appliedOf(history, module).map(({ name }) => name));
  return module.migrations
    .filter((migration) => names.has(migration.name) && isUnfinished(history, module, migration))
    .toReversed();
}

/** What going up does to a module, in order: what is half undone is undone first. */
export function stepsUp(
  history: History,
  module: MigrationModule,
): readonly {
  readonly module: MigrationModule;
  readonly migration: Migration;
  readonly action: 'up' | 'down';
}[] {
  const halfUndone = halfUndoneOf(history, module);
  return [
    ...halfUndone.map((migration) => ({ module, migration, action: 'down' as const })),
    ...[...halfUndone.toReversed(), ...pendingOf(history, module)].map((migration) => ({
      module,
      migration,
      action: 'up' as const,
    })),
  ];
}
