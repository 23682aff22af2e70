import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MigrationError, formatMigrationError } from '../../migrations/migration-error.ts';
import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { verifyQueries } from './verify-queries.ts';

const USAGE = 'Usage: npm run sql:verify -- --base <git ref>, for example --base origin/main.';

/** Where a run reads and writes. */
export interface VerifySurroundings {
  readonly root: string;
  /** Superuser of a server to work on instead of a throwaway one. */
  readonly adminUrl?: string;
  readonly write: (line: string) => void;
}

/** 0 every query works on both schemas, 1 one does not, 2 it could not be tried. */
export async function main(args: readonly string[], surroundings: VerifySurroundings): Promise<number> {
  const { root, adminUrl, write } = surroundings;
  const base = parseBase(args);
  if (base === null) {
    write(USAGE);
    return 2;
  }
  try {
    const { baseQueries, branchQueries, diagnostics } = await verifyQueries({
      root,
      base,
      ...(adminUrl === undefined ? {} : { adminUrl }),
    });
    for (const diagnostic of diagnostics) {
      write(formatDiagnostic(diagnostic));
    }
    write(
      diagnostics.length === 0
        ? `${baseQueries} queries of ${base} and ${branchQueries} of this branch work on both schemas.`
        : `${diagnostics.length} ${diagnostics.length === 1 ? 'query breaks' : 'breaks'} between ${base} and this branch: let the schema and its queries change in releases that each work with the one before.`,
    );
    return diagnostics.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof MigrationError) {
      write(formatMigrationError(error));
      return 1;
    }
    write(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function parseBase(args: readonly string[]): string | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { base: { type: 'string' } }, strict: true });
    return values.base === undefined || values.base === '' ? null : values.base;
  } catch {
    return null;
  }
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), {
    root: fileURLToPath(new URL('../../../', import.meta.url)),
    write: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
}
