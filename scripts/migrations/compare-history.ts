import { appliedOf, pendingOf } from './history.ts';
import type { AppliedMigration, History } from './history.ts';
import { errorIn } from './migration-error.ts';
import type { MigrationError } from './migration-error.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';

/** How an applied migration compares with its file. `unknown`: another tool applied it and wrote no checksum. */
export type ChecksumState = 'ok' | 'edited' | 'missing' | 'unknown';

/** How an applied migration compares with the module's files. */
export function checksumState(module: MigrationModule, applied: AppliedMigration): ChecksumState {
  const migration = module.migrations.find(({ name }) => name === applied.name);
  if (migration === undefined) {
    return 'missing';
  }
  if (applied.checksum === null) {
    return 'unknown';
  }
  return applied.checksum === migration.checksum ? 'ok' : 'edited';
}

/**
 * Where the files and a database's history disagree: each is a reason not to migrate.
 *
 * @param only the one module that was asked for; history of modules without a folder counts only when all were.
 */
export function findDisagreements(
  modules: readonly MigrationModule[],
  history: History,
  only?: string,
): readonly MigrationError[] {
  const gone = only === undefined ? history.otherTables : [];
  return [
    ...modules.flatMap((module) => compareHistory(module, appliedOf(history, module))),
    ...gone.map((table) =>
      errorIn(
        `migrations/${table.slice(0, -'_version'.length).replaceAll('_', '-')}`,
        'was applied to this database, and the module’s folder is gone; put it back, or undo its migrations first.',
      ),
    ),
  ];
}

/** The same for one module. */
function compareHistory(
  module: MigrationModule,
  history: readonly AppliedMigration[],
): readonly MigrationError[] {
  const applied = new Set(history.map(({ name }) => name));
  const unapplied = module.migrations.filter(({ name }) => !applied.has(name));
  const renamed = new Set<Migration>();
  const problems: MigrationError[] = [];
  for (const row of history) {
    const state = checksumState(module, row);
    const file = `migrations/${module.name}/${row.name}.sql`;
    if (state === 'edited') {
      problems.push(
        errorIn(
          file,
          'was changed after it was applied to this database; put it back, and add a new migration instead.',
        ),
      );
    } else if (state === 'missing') {
      const successor = unapplied.find((migration) => isRenamed(row, migration));
      if (successor === undefined) {
        problems.push(
          errorIn(file, 'was applied to this database, and its file is gone; put the file back.'),
        );
      } else {
        renamed.add(successor);
        problems.push(
          errorIn(successor.file, `was applied to this database as ${row.name}; give it that name again.`),
        );
      }
    }
  }
  return [...problems, ...outOfOrder(module, history), ...overtaken(unapplied, renamed, history)];
}

/** The same text under another name, or the same name under another number. */
function isRenamed(row: AppliedMigration, migration: Migration): boolean {
  return row.checksum === migration.checksum || row.name.slice(6) === migration.name.slice(6);
}

function outOfOrder(
  module: MigrationModule,
  history: readonly AppliedMigration[],
): readonly MigrationError[] {
  let last = '';
  return history.flatMap(({ name }) => {
    if (name > last) {
      last = name;
      return [];
    }
    return [
      errorIn(
        `migrations/${module.name}/${name}.sql`,
        `was applied to this database after ${last}, which comes later; undo both and apply them in their order, or apply them to a new database.`,
      ),
    ];
  });
}

function overtaken(
  unapplied: readonly Migration[],
  renamed: ReadonlySet<Migration>,
  history: readonly AppliedMigration[],
): readonly MigrationError[] {
  const lastNumber = Math.max(0, ...history.map(({ name }) => Number.parseInt(name, 10) || 0));
  return unapplied
    .filter((migration) => migration.number <= lastNumber && !renamed.has(migration))
    .map(({ file }) =>
      errorIn(
        file,
        `comes before a migration that this database already has; number it above ${lastNumber}.`,
      ),
    );
}

/**
 * What has to be applied before a module can be, a problem for each module that it depends on and that is not up to date.
 *
 * @param needed modules that those to be migrated depend on and that are not among them.
 */
export function findUnmet(
  modules: readonly MigrationModule[],
  needed: readonly MigrationModule[],
  history: History,
): readonly MigrationError[] {
  const dependent = modules.find((module) => pendingOf(history, module).length > 0);
  return needed.flatMap((other) => {
    const [missing] = pendingOf(history, other);
    return dependent === undefined || missing === undefined
      ? []
      : [
          errorIn(
            missing.file,
            `is not applied, and module ${dependent.name} depends on ${other.name}; apply that first: npm run migrate -- up ${other.name}`,
          ),
        ];
  });
}
