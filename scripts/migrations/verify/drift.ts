import { findDisagreements } from '../compare-history.ts';
import { appliedOf, readHistory } from '../history.ts';
import { formatMigrationError } from '../migration-error.ts';
import { withSession } from '../migration-session.ts';
import { migrateUp } from '../migrate.ts';
import type { MigrationModule } from '../read-migrations.ts';
import { compareDumps, formatDifference } from './compare-dumps.ts';
import { readSchemaDump } from './schema-dump.ts';
import type { SchemaDump } from './schema-dump.ts';

/** What a database is compared with. */
export interface DriftOptions {
  readonly root: string;
  readonly modules: readonly MigrationModule[];
  /** The database that is in use; it is read only. */
  readonly url: string;
  /** An empty database of a throwaway server. */
  readonly emptyUrl: string;
  /** Schemas that are left out, on both sides. */
  readonly ignoreSchemas: readonly string[];
}

/**
 * How a database differs from what its applied migrations make, a sentence each. Pending migrations are no difference.
 *
 * @throws {MigrationError} when a migration fails on the empty database.
 * @throws {MigrationImpossibleError} when the role may not read the version tables.
 */
export async function findDrift(options: DriftOptions): Promise<readonly string[]> {
  const { root, modules, emptyUrl, ignoreSchemas } = options;
  const { history, live } = await withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    return { history: await readHistory(client, modules), live: await readSchemaDump(client) };
  });
  const problems = findDisagreements(modules, history);
  if (problems.length > 0) {
    return problems.map((problem) => formatMigrationError(problem));
  }
  const upTo = new Map(
    modules.map((module) => [
      module.name,
      Number.parseInt(appliedOf(history, module).at(-1)?.name ?? '0', 10),
    ]),
  );
  await migrateUp({ root, url: emptyUrl, log: () => {}, upTo });
  const made = await withSession(emptyUrl, readSchemaDump);
  const sides = { left: 'in the database', right: 'in what the migrations make' };
  return compareDumps(without(live, ignoreSchemas), without(made, ignoreSchemas)).map(
    (difference) => `${formatDifference(difference, sides)}.`,
  );
}

function without(dump: SchemaDump, schemas: readonly string[]): SchemaDump {
  return new Map(
    [...dump].filter(
      ([, { name, parent }]) => !schemas.some((schema) => isIn(name, schema) || isIn(parent, schema)),
    ),
  );
}

function isIn(name: string | null, schema: string): boolean {
  return (
    name !== null && [schema, `"${schema}"`].some((form) => name === form || name.startsWith(`${form}.`))
  );
}
