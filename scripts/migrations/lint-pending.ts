import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { MigrationError, MigrationImpossibleError, errorIn, throwProblems } from './migration-error.ts';
import { isWithoutSql } from './parse-migration.ts';
import type { Migration } from './read-migrations.ts';

/**
 * Refuses migrations that are unsafe to run; each message says the safe way, and a waiver in the file lets one pass.
 *
 * @throws {MigrationError} that names every one.
 * @throws {MigrationImpossibleError} when the linter is not installed.
 */
export async function lintPending(migrations: readonly Migration[]): Promise<void> {
  if (migrations.length > 0) {
    throwProblems(await findUnsafe(migrations));
  }
}

/** What is unsafe or empty in some migrations. @throws {MigrationImpossibleError} when the linter is not installed. */
export async function findUnsafe(migrations: readonly Migration[]): Promise<readonly MigrationError[]> {
  const empty = migrations
    .filter(({ up }) => isWithoutSql(up.sql))
    .map(({ file, up }) =>
      errorIn(file, 'has no SQL below `-- Up Migration` yet; write it, or remove the file.', up.line),
    );
  if (empty.length > 0) {
    return empty;
  }
  const lint = await loadLinter();
  const diagnostics = await lint(migrations);
  return diagnostics.map(({ rule, message, at }) => new MigrationError(`${rule}: ${message}`, at));
}

type Linter = (migrations: readonly Migration[]) => Promise<readonly Diagnostic[]>;

async function loadLinter(): Promise<Linter> {
  try {
    // Loaded when there is something to check: most runs find nothing.
    const [{ lintMigrations }, { parseMigrationText }] = await Promise.all([
      import('./lint/lint-migrations.ts'),
      import('./lint/migration-text.ts'),
    ]);
    return (migrations) => lintMigrations(migrations.map(({ file, text }) => parseMigrationText(file, text)));
  } catch (cause) {
    throw new MigrationImpossibleError(
      `The migrations cannot be checked for safety, so nothing is run: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}. Install with \`npm ci\`, development dependencies included.`,
      { cause },
    );
  }
}
