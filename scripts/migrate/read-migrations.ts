import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../postgres/error-code.ts';
import { MigrationError } from './migration-error.ts';

/** One direction of a migration. */
export interface MigrationSection {
  readonly sql: string;
  /** The line of the file that `sql` starts on. */
  readonly line: number;
}

/** One file of `migrations/<module>/`. */
export interface Migration {
  /** The file's name without its ending: `00001_create_schema`. */
  readonly name: string;
  readonly number: number;
  /** Path relative to the project root. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  readonly up: MigrationSection;
  /** Null when the migration cannot be undone. */
  readonly down: MigrationSection | null;
  /** SHA-256 of the file with Unix line ends, in hexadecimal. */
  readonly checksum: string;
  /** True when the file says `-- no-transaction`, as CREATE INDEX CONCURRENTLY needs. */
  readonly isOutsideTransaction: boolean;
}

/** The migrations of one module, in the order they are applied. */
export interface MigrationModule {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly dir: string;
  readonly migrations: readonly Migration[];
}

const MODULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const FILE_NAME = /^(\d{5})_[a-z0-9_]+\.sql$/;

/**
 * Reads `migrations/` below the project root; modules and migrations in the order of their names.
 *
 * @throws {MigrationError} when a file's name or text is not that of a migration.
 */
export async function readMigrations(root: string): Promise<readonly MigrationModule[]> {
  const folders = await readFolder(join(root, 'migrations'));
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const modules: MigrationModule[] = [];
  for (const name of names.toSorted()) {
    if (!MODULE_NAME.test(name)) {
      throw wrongFile(
        `migrations/${name}`,
        'A folder of migrations is named like its module: lower case, with hyphens.',
      );
    }
    modules.push(await readModule(root, name));
  }
  return modules;
}

async function readModule(root: string, name: string): Promise<MigrationModule> {
  const dir = join(root, 'migrations', name);
  const migrations: Migration[] = [];
  for (const entry of await readFolder(dir)) {
    const file = `migrations/${name}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name.endsWith('.md')) {
      continue;
    }
    if (!entry.isFile() || !FILE_NAME.test(entry.name)) {
      throw wrongFile(file, 'A migration is named NNNNN_verb_thing.sql, in lower case: 00002_add_notes.sql.');
    }
    migrations.push(
      parseMigration(file, join(dir, entry.name), await readFile(join(dir, entry.name), 'utf8')),
    );
  }
  migrations.sort((a, b) => a.number - b.number);
  for (const [index, migration] of migrations.entries()) {
    const twin = migrations[index + 1];
    if (twin?.number === migration.number) {
      throw wrongFile(
        twin.file,
        `Number ${twin.name.slice(0, 5)} is taken by ${migration.file}; take the next free one.`,
      );
    }
  }
  return { name, dir, migrations };
}

function parseMigration(file: string, path: string, raw: string): Migration {
  const text = raw.replaceAll('\r\n', '\n');
  const up = findMarker(text, 'Up');
  const down = findMarker(text, 'Down');
  if (up === undefined) {
    throw wrongFile(file, 'A migration needs the line `-- Up Migration` above its SQL.');
  }
  if (down !== undefined && down < up) {
    throw wrongFile(
      file,
      'The `-- Down Migration` part comes after the `-- Up Migration` part.',
      lineAt(text, down),
    );
  }
  const name = file.slice(file.lastIndexOf('/') + 1, -'.sql'.length);
  return {
    name,
    number: Number.parseInt(name, 10),
    file,
    path,
    up: { sql: text.slice(up, down), line: lineAt(text, up) },
    down: down === undefined ? null : { sql: text.slice(down), line: lineAt(text, down) },
    checksum: createHash('sha256').update(text).digest('hex'),
    isOutsideTransaction: /^--\s*no-transaction\s*$/im.test(text),
  };
}

function findMarker(text: string, direction: 'Up' | 'Down'): number | undefined {
  const found = text.search(new RegExp(`^--[ \\t-]*${direction} Migration\\b`, 'im'));
  return found < 0 ? undefined : found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function wrongFile(file: string, message: string, line = 1): MigrationError {
  return new MigrationError(message, { file, line, column: 1 });
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
