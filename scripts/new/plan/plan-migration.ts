import { MigrationImpossibleError } from '../../migrations/migration-error.ts';
import { nextMigration } from '../../migrations/create-migration.ts';
import type { Change } from '../changes.ts';
import { assertModule } from '../names/known-names.ts';
import { Refusal } from '../refusal.ts';

/**
 * The next migration of a module, to be filled in; the file that `npm run migrate -- create` makes.
 *
 * @throws {Refusal} when there is no such module, or the name says nothing.
 */
export async function planMigration(
  root: string,
  request: { readonly module: string; readonly name: string },
): Promise<readonly Change[]> {
  const { module, name } = request;
  assertModule(root, module);
  if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(name)) {
    throw new Refusal(
      `${JSON.stringify(name)} does not say what the migration does: write a verb and a thing with underscores, such as add_notes.`,
    );
  }
  try {
    const { file, text } = await nextMigration({ root, module, name });
    return [{ path: file, text }];
  } catch (error) {
    throw error instanceof MigrationImpossibleError ? new Refusal(error.message) : error;
  }
}
