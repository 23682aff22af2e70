import { findUnsafe } from '../lint-pending.ts';
import { formatMigrationError } from '../migration-error.ts';
import type { MigrationError } from '../migration-error.ts';
import { readMigrations } from '../read-migrations.ts';
import { compareWithBase } from './compare-base.ts';

/** What `npm run migrate -- verify` looks at. */
export interface VerifyOptions {
  /** The project root. */
  readonly root: string;
  /** A Git reference whose migrations may not be changed; none are compared when undefined. */
  readonly base: string | undefined;
  /** True to look at the files only: no PostgreSQL is started, and no database is asked. */
  readonly filesOnly: boolean;
  /** The database to compare with what the migrations make; none when undefined. */
  readonly url: string | undefined;
  /** Schemas of that database that are others' business. */
  readonly ignoreSchemas: readonly string[];
  /** Receives a line for each check that passed. */
  readonly print: (line: string) => void;
  /** Receives a line for each thing that is wrong. */
  readonly printProblem: (line: string) => void;
}

/**
 * Checks the migrations. @returns 0 when nothing is wrong, else 1.
 *
 * @throws {MigrationError} when a file is no migration.
 * @throws {MigrationImpossibleError} when something cannot be checked.
 */
export async function verify(options: VerifyOptions): Promise<number> {
  const { root, base, print } = options;
  const modules = await readMigrations(root);
  const migrations = modules.flatMap((module) => module.migrations);
  const report = (problems: readonly MigrationError[], passed: string): boolean => {
    for (const problem of problems) {
      options.printProblem(formatMigrationError(problem));
    }
    if (problems.length === 0) {
      print(passed);
    }
    return problems.length === 0;
  };
  const files = `${migrations.length} migrations of ${modules.length} modules`;
  let isFine = report(await findUnsafe(migrations), `files: ${files} are safe to run`);
  if (base !== undefined) {
    const changed = await compareWithBase(root, modules, base);
    isFine = report(changed, `base: the migrations of ${base} are as they were`) && isFine;
  }
  return isFine ? 0 : 1;
}
