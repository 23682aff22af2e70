import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { errorCode } from '../diagnostics/error-code.ts';
import { errorIn } from './migration-error.ts';

/** SQL that writes a module's rows for development and for `verify`. */
export interface Seed {
  /** Relative to the project root: `seeds/recipe/recipes.sql`. */
  readonly file: string;
  readonly sql: string;
}

/** The files of `seeds/<module>/`, in the order of their names; none when there is no such folder. */
export async function readSeeds(root: string, module: string): Promise<readonly Seed[]> {
  const folder = `seeds/${module}`;
  let names: readonly string[];
  try {
    names = await readdir(join(root, folder));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
  return Promise.all(
    names
      .filter((name) => name.endsWith('.sql') && !name.startsWith('.'))
      .toSorted()
      .map(async (name) => ({
        file: `${folder}/${name}`,
        sql: await readFile(join(root, folder, name), 'utf8'),
      })),
  );
}

/** Writes the rows of seeds. @throws {MigrationError} at a file that PostgreSQL refuses. */
export async function writeSeeds(client: Client, seeds: readonly Seed[]): Promise<void> {
  for (const { file, sql } of seeds) {
    try {
      await client.query(sql);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw errorIn(file, `PostgreSQL did not write these rows: ${why}.`);
    }
  }
}
