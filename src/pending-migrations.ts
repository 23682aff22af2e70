import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '#kernel/database/database.ts';
import { sqlState } from '#kernel/database/database-errors.ts';

/** Names of the newest migration of each module that this release was made with, by the module's schema. */
export type NewestMigrations = ReadonlyMap<string, string>;

const RELEASED = new URL('../migrations/', import.meta.url);

/** Reads them from the folder that lies beside the sources, and beside a build; empty when it was not shipped. */
export async function readNewestMigrations(folder: URL = RELEASED): Promise<NewestMigrations> {
  const newest = new Map<string, string>();
  let files: readonly string[];
  try {
    files = await readdir(fileURLToPath(folder), { recursive: true });
  } catch {
    return newest;
  }
  for (const file of files.toSorted()) {
    const [, module, name] = /^([^/\\]+)[/\\](\d{5}_[^/\\]+)\.sql$/.exec(file) ?? [];
    if (module !== undefined && name !== undefined) newest.set(module.replaceAll('-', '_'), name);
  }
  return newest;
}

/** Undefined table or schema, no privilege: the database is migrated by other means, or not for this role to see. */
const UNKNOWN: ReadonlySet<string> = new Set(['42P01', '3F000', '42501']);

/** Those that the database lacks, as `recipe 00005_search_without_accents`. */
export async function findPendingMigrations(
  database: Database,
  newest: NewestMigrations,
): Promise<readonly string[]> {
  const pending: string[] = [];
  for (const [schema, name] of newest) {
    try {
      const { rows } = await database.query(
        `SELECT FROM migrations."${schema.replaceAll('"', '""')}_version" WHERE name = $1`,
        [name],
      );
      if (rows.length === 0) pending.push(`${schema} ${name}`);
    } catch (error) {
      if (!UNKNOWN.has(sqlState(error) ?? '')) throw error;
    }
  }
  return pending;
}
