import { checksumState, findDisagreements } from './compare-history.ts';
import type { ChecksumState } from './compare-history.ts';
import { appliedOf, halfUndoneOf, pendingOf, readHistory } from './history.ts';
import { errorIn } from './migration-error.ts';
import type { MigrationError } from './migration-error.ts';
import { withSession } from './migration-session.ts';
import type { MigrateOptions } from './migrate.ts';
import { readMigrations } from './read-migrations.ts';
import type { MigrationModule } from './read-migrations.ts';
import { selectModules } from './select-modules.ts';

/** One migration as files and database know it. */
export interface MigrationStatus {
  readonly module: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** Null when it is pending. */
  readonly appliedAt: Date | null;
  /** Null when it is pending. */
  readonly checksum: ChecksumState | null;
}

/** All migrations beside what a database has of them. */
export interface DatabaseStatus {
  readonly migrations: readonly MigrationStatus[];
  /** Why it cannot be migrated as it stands. */
  readonly problems: readonly MigrationError[];
}

/** Compares files and database; changes nothing. @throws {DatabaseUnreachableError} when there is no connection. */
export async function migrationStatus(
  options: Pick<MigrateOptions, 'url' | 'root' | 'module'>,
): Promise<DatabaseStatus> {
  const modules = selectModules(await readMigrations(options.root), options.module);
  return withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    const history = await readHistory(client, modules);
    const rowsOf = (module: MigrationModule): readonly MigrationStatus[] => [
      ...appliedOf(history, module).map((applied) => ({
        module: module.name,
        name: applied.name,
        appliedAt: applied.appliedAt,
        checksum: checksumState(module, applied),
      })),
      ...pendingOf(history, module).map(({ name }) => ({
        module: module.name,
        name,
        appliedAt: null,
        checksum: null,
      })),
    ];
    return {
      migrations: modules.flatMap(rowsOf),
      problems: [
        ...findDisagreements(modules, history, options.module),
        ...modules.flatMap((module) =>
          halfUndoneOf(history, module).map(({ file }) =>
            errorIn(
              file,
              'was being undone by a run that was killed; up and down both undo it to the end first.',
            ),
          ),
        ),
      ],
    };
  });
}

/** The status as an aligned table, a line a migration under a line of headings. */
export function formatStatus(migrations: readonly MigrationStatus[]): string {
  const rows = [
    ['MODULE', 'NUMBER', 'NAME', 'APPLIED', 'CHECKSUM'],
    ...migrations.map(({ module, name, appliedAt, checksum }) => [
      module,
      name.slice(0, 5),
      name.slice(6),
      appliedAt?.toISOString() ?? 'pending',
      checksum ?? '-',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
