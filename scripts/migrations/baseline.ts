import { appliedOf, pendingOf } from './history.ts';
import { errorIn } from './migration-error.ts';
import { withRun } from './migrate.ts';
import type { MigrateOptions } from './migrate.ts';
import { schemaOfModule } from '../sql/module-schema.ts';

/**
 * Writes a module's migrations down as applied without running them, for a database that was made by other means.
 *
 * @param options.to the number of the last one; all when absent.
 * @returns the names of what was written down.
 * @throws {MigrationError} when the module has a history, its schema is not there, or it has no migration of that number.
 */
export async function baseline(
  options: MigrateOptions & { readonly module: string; readonly to?: number },
): Promise<readonly string[]> {
  const { to } = options;
  return withRun(options, async ({ client, modules, history, step }) => {
    const names: string[] = [];
    for (const module of modules) {
      const folder = `migrations/${module.name}`;
      const wanted = pendingOf(history, module).filter(({ number }) => to === undefined || number <= to);
      const last = appliedOf(history, module).at(-1);
      if (last !== undefined) {
        throw errorIn(
          folder,
          `The database has this module's history up to ${last.name}; a baseline is for a database without one.`,
        );
      }
      if (to !== undefined && !module.migrations.some(({ number }) => number === to)) {
        throw errorIn(folder, `There is no migration ${String(to).padStart(5, '0')} to mark up to.`);
      }
      const found = await client.query<{ exists: boolean }>(
        'SELECT to_regnamespace($1) IS NOT NULL AS exists',
        [schemaOfModule(module.name)],
      );
      if (found.rows[0]?.exists !== true) {
        throw errorIn(
          folder,
          `The database has no schema ${schemaOfModule(module.name)}, so there is nothing to mark as applied; apply the migrations with up.`,
        );
      }
      for (const migration of wanted) {
        await step({ module, migration, action: 'mark' });
        options.log(`marked ${module.name} ${migration.name}`);
        names.push(migration.name);
      }
    }
    return names;
  });
}
