import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaProblem, writtenSchema } from '../sql/written-schema.ts';
import { MigrationImpossibleError } from './migration-error.ts';
import { readMigrations } from './read-migrations.ts';

/**
 * Writes the next migration of a module, ready to be filled in; the first one makes the module's schema.
 *
 * @param options.name what it does, as `verb_thing`.
 * @returns the file's path relative to the root.
 * @throws {MigrationImpossibleError} when the module cannot have a schema of its name.
 */
export async function createMigration(options: {
  readonly root: string;
  readonly module: string;
  readonly name: string;
}): Promise<string> {
  const { root, module, name } = options;
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
  await mkdir(join(root, 'migrations', module), { recursive: true });
  const text = `-- Up Migration\n\n${up}\n\n-- Down Migration\n\n${down}\n`;
  await writeFile(join(root, file), text, { flag: 'wx' });
  return file;
}
