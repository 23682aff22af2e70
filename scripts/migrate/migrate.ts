import { compareHistory, ensureHistory, readHistory } from './history.ts';
import type { AppliedMigration } from './history.ts';
import { MigrationError } from './migration-error.ts';
import { withMigrationLock, withSession } from './migration-session.ts';
import { readMigrations } from './read-migrations.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';
import { runModule } from './run-module.ts';

export interface MigrateOptions {
  /** Connection string of a role that may create schemas; straight to the server, not through a pooler. */
  readonly url: string;
  /** The project root: migrations are in `migrations/<module>/` below it. */
  readonly root: string;
  /** Receives a line for each thing done. */
  readonly log: (line: string) => void;
  /** How long a migration may wait for a table that is in use: rather fail than make everyone queue. 5 s by default. */
  readonly lockTimeoutMs?: number;
}

/**
 * Applies every migration that the database lacks, module by module in the order of their names. Many processes may do
 * this at once: one works, the others wait and then find nothing to do.
 *
 * @returns how many were applied.
 * @throws {MigrationError} when one fails or the files do not fit the database's history.
 * @throws {DatabaseUnreachableError} when there is no connection.
 */
export async function migrateUp(options: MigrateOptions): Promise<number> {
  const modules = await readMigrations(options.root);
  return withSession(options.url, (client) =>
    withMigrationLock(client, options, async () => {
      // All modules are compared before any is changed.
      for (const module of modules) {
        for (const problem of compareHistory(module, await readHistory(client, module))) {
          throw problem;
        }
      }
      let applied = 0;
      for (const module of modules) {
        await ensureHistory(client, module);
        for (const name of await runModule({ client, module, direction: 'up' })) {
          options.log(`applied ${module.name} ${name}`);
          applied += 1;
        }
      }
      return applied;
    }),
  );
}

/**
 * Undoes the last migration of one module.
 *
 * @returns its name.
 * @throws {MigrationError} when it fails, or its file has no way back; as `migrateUp` otherwise.
 */
export async function migrateDown(options: MigrateOptions & { readonly module: string }): Promise<string> {
  const modules = await readMigrations(options.root);
  const module = modules.find(({ name }) => name === options.module);
  if (module === undefined) {
    const place = { file: `migrations/${options.module}`, line: 1, column: 1 };
    throw new MigrationError(
      `There is no such module; there is ${modules.map(({ name }) => name).join(', ')}.`,
      place,
    );
  }
  return withSession(options.url, (client) =>
    withMigrationLock(client, options, async () => {
      const history = await readHistory(client, module);
      for (const problem of compareHistory(module, history)) {
        throw problem;
      }
      const last = module.migrations.find(({ name }) => name === history.at(-1)?.name);
      const file = last?.file ?? `migrations/${module.name}`;
      if (last === undefined) {
        throw new MigrationError('Nothing of this module is applied.', { file, line: 1, column: 1 });
      }
      if (last.down === null) {
        throw new MigrationError('It has no `-- Down Migration` part.', { file, line: 1, column: 1 });
      }
      await runModule({ client, module, direction: 'down', count: 1 });
      options.log(`undid ${module.name} ${last.name}`);
      return last.name;
    }),
  );
}

/** One module's migrations beside what the database has of them. */
export interface ModuleStatus {
  readonly module: string;
  readonly applied: readonly AppliedMigration[];
  readonly pending: readonly Migration[];
  /** Why it cannot be migrated as it stands. */
  readonly problems: readonly MigrationError[];
}

/** Compares files and database; changes nothing. @throws {DatabaseUnreachableError} when there is no connection. */
export async function migrationStatus(
  options: Pick<MigrateOptions, 'url' | 'root'>,
): Promise<readonly ModuleStatus[]> {
  const modules = await readMigrations(options.root);
  return withSession(options.url, async (client) => {
    const statuses: ModuleStatus[] = [];
    for (const module of modules) {
      statuses.push(toStatus(module, await readHistory(client, module)));
    }
    return statuses;
  });
}

function toStatus(module: MigrationModule, applied: readonly AppliedMigration[]): ModuleStatus {
  const names = new Set(applied.map(({ name }) => name));
  return {
    module: module.name,
    applied,
    pending: module.migrations.filter(({ name }) => !names.has(name)),
    problems: compareHistory(module, applied),
  };
}
