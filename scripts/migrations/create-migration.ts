import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { schemaProblem, writtenSchema } from '../sql/written-schema.ts';
import { MigrationImpossibleError } from './migration-error.ts';
import { readMigrations } from './read-migrations.ts';

/** Which migration to make: of a module, and what it does as `verb_thing`. */
export interface MigrationRequest {
  readonly root: string;
  readonly module: string;
  readonly name: string;
}

/**
 * Writes the next migration of a module, as `nextMigration` has it.
 *
 * @returns the file's path relative to the root.
 * @throws {MigrationImpossibleError} as `nextMigration`.
 */
export async function createMigration(request: MigrationRequest): Promise<string> {
  const { file, text } = await nextMigration(request);
  const path = join(request.root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
  return file;
}

/**
 * The next migration of a module, ready to be filled in; the first one makes the module's schema.
 *
 * @returns the file's path relative to the root, and its text.
 * @throws {MigrationImpossibleError} when the module or the migration cannot have such a name.
 */
export async function nextMigration({
  root,
  module,
  name,
}: MigrationRequest): Promise<{ readonly file: string; readonly text: string }> {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(module) || !/^[a-z0-9_]+$/.test(name)) {
    throw new MigrationImpossibleError(
      'A module is named in lower case with hyphens, what a migration does with underscores: npm run migrate -- create meal-plan add_notes',
    );
  }
  const problem = schemaProblem(module);
  if (problem !== undefined) {
    throw new MigrationImpossibleError(`A module cannot be named ${module}: ${problem}. Take another name.`);
  }
  const existing = (await readMigrations(root)).find((candidate) => candidate.name === module);
  const number = (existing?.migrations.at(-1)?.number ?? 0) + 1;
  const file = `migrations/${module}/${String(number).padStart(5, '0')}_${name}.sql`;
  const schema = writtenSchema(module);
  const [up, down] =
    number === 1
      ? [`CREATE SCHEMA IF NOT EXISTS ${schema};`, `DROP SCHEMA IF EXISTS ${schema};`]
      : [
          `-- Schema-qualified SQL: ${schema}.<table>`,
          '-- What undoes it. If nothing can, remove this part, and say why above: -- no-down: the reason',
        ];
  return { file, text: `-- Up Migration\n\n${up}\n\n-- Down Migration\n\n${down}\n` };
}
