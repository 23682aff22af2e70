import { errorIn } from './migration-error.ts';
import type { MigrationModule } from './read-migrations.ts';

/** The module of a name, or all of them. @throws {MigrationError} when there is no such module. */
export function selectModules(
  modules: readonly MigrationModule[],
  name: string | undefined,
): readonly MigrationModule[] {
  const selected = modules.filter((module) => name === undefined || module.name === name);
  if (selected.length === 0 && name !== undefined) {
    const names = modules.map((module) => module.name).join(', ');
    throw errorIn(
      `migrations/${name}`,
      names === ''
        ? 'There is no such module; there is none yet.'
        : `There is no such module; there is ${names}.`,
    );
  }
  return selected;
}
