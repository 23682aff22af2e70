import { findUnsafe } from '../lint-pending.ts';
import { formatMigrationError } from '../migration-error.ts';
import type { MigrationError } from '../migration-error.ts';
import { readMigrations } from '../read-migrations.ts';
import type { MigrationModule } from '../read-migrations.ts';
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
  /** The superuser's connection string of a server to make throwaway databases on; one is started when absent. */
  readonly serverUrl?: string;
  /** Receives a line for each check that passed. */
  readonly print: (line: string) => unknown;
  /** Receives a line for each thing that is wrong. */
  readonly printProblem: (line: string) => unknown;
}

/**
 * Checks the migrations. @returns 0 when nothing is wrong, else 1.
 *
 * @throws {MigrationError} when a file is no migration.
 * @throws {MigrationImpossibleError} when something cannot be checked.
 * @throws {GitError} when there is no base to compare with.
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
  return isFine && !options.filesOnly ? verifyOnServer(options, modules, report) : Number(!isFine);
}

/** Only when the files are fine: what is unsafe or changed is not run. */
async function verifyOnServer(
  { root, url, serverUrl, ignoreSchemas, print, printProblem }: VerifyOptions,
  modules: readonly MigrationModule[],
  report: (problems: readonly MigrationError[], passed: string) => boolean,
): Promise<number> {
  // Loaded when it comes to that: looking at files needs no PostgreSQL.
  const { openVerificationServer } = await import('./verification-server.ts');
  const { roundTrip } = await import('./round-trip.ts');
  await using server = await openVerificationServer(serverUrl);
  const strayed = await roundTrip({ root, url: await server.createDatabase() });
  const isFine = report(strayed, 'round trip: up, down and up again leads to the same schema');
  if (url === undefined) {
    print('database: not compared, because DATABASE_URL is not set');
    return Number(!isFine);
  }
  const { findDrift } = await import('./drift.ts');
  const emptyUrl = await server.createDatabase();
  const drift = await findDrift({ root, modules, url, emptyUrl, ignoreSchemas });
  for (const line of drift) {
    printProblem(line);
  }
  if (drift.length === 0) {
    print('database: it is what its migrations make');
  }
  return Number(!isFine || drift.length > 0);
}
