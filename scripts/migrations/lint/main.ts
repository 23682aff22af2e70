import { fileURLToPath } from 'node:url';
import { MigrationError } from '../migration-error.ts';
import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { lintMigrations } from './lint-migrations.ts';

/** `node scripts/migrations/lint/main.ts`: 0 nothing to refuse, 1 something, 2 it could not be looked at. */
export async function main(root: string): Promise<number> {
  try {
    const diagnostics = await lintMigrations(root);
    for (const diagnostic of diagnostics) {
      process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
    }
    return diagnostics.length === 0 ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The migrations could not be checked: ${message}\n`);
    return error instanceof MigrationError ? 1 : 2;
  }
}

if (import.meta.main) {
  process.exitCode = await main(fileURLToPath(new URL('../../../', import.meta.url)));
}
