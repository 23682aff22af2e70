import type { Dirent } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';
import { errorIn } from './migration-error.ts';
import { orderModules } from './order-modules.ts';
import { parseMigration } from './parse-migration.ts';
import type { Migration } from './parse-migration.ts';

export type { Migration, MigrationSection } from './parse-migration.ts';

/** The migrations of one module, in the order they are applied. */
export interface MigrationModule {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly dir: string;
  readonly migrations: readonly Migration[];
}

const MODULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const FILE_NAME = /^\d{5}_[a-z0-9_]+\.sql$/;

/**
 * Reads `migrations/` below the project root: modules in the order of their names, each behind those that it depends on;
 * migrations in the order of their numbers.
 *
 * @throws {MigrationError} when a file's name or text is not that of a migration, or a dependency cannot be met.
 */
export async function readMigrations(root: string): Promise<readonly MigrationModule[]> {
  const folders = await readFolder(join(root, 'migrations'));
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const modules: MigrationModule[] = [];
  for (const name of names.toSorted()) {
    if (!MODULE_NAME.test(name)) {
      throw errorIn(
        `migrations/${name}`,
        'A folder of migrations is named like its module: lower case, with hyphens.',
      );
    }
    modules.push(await readModule(root, name));
  }
  return orderModules(modules);
}

async function readModule(root: string, name: string): Promise<MigrationModule> {
  const dir = join(root, 'migrations', name);
  const migrations: Migration[] = [];
  for (const entry of await readFolder(dir)) {
    const file = `migrations/${name}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name.endsWith('.md')) {
      continue;
    }
    if (!entry.isFile()) {
      throw errorIn(file, 'A module’s folder holds files of migrations only: no folders, no links.');
    }
    if (!FILE_NAME.test(entry.name)) {
      throw errorIn(file, 'A migration is named NNNNN_verb_thing.sql, in lower case: 00002_add_notes.sql.');
    }
    const path = join(dir, entry.name);
    migrations.push(parseMigration(file, path, await readFile(path)));
  }
  migrations.sort((a, b) => a.number - b.number);
  for (const [index, migration] of migrations.entries()) {
    const twin = migrations[index + 1];
    if (twin?.number === migration.number) {
      throw errorIn(
        twin.file,
        `Number ${twin.name.slice(0, 5)} is taken by ${migration.file}; take the next free one.`,
      );
    }
  }
  return { name, dir, migrations };
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
