import { lintMigrations } from '../lint/lint-migrations.ts';
import { parseMigrationText } from '../lint/migration-text.ts';

/** What is wrong with one migration of module `meal-plan`, as `rule line:column`. */
export async function lintMigration(text: string, name = '00002_change_things'): Promise<readonly string[]> {
  const found = await lintMigrations([parseMigrationText(`migrations/meal-plan/${name}.sql`, text)]);
  return found.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`);
}
