import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkQueries } from '../check-queries.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';
import type { ParsedQueryFile } from '../parse/parse-query-file.ts';
import { MigrationError } from '../../migrations/migration-error.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import type { GeneratedFile } from '../../generator/write/generated-file.ts';
import { findTakenNames } from './find-taken-names.ts';
import { describeQuery } from './describe-query.ts';
import type { DescribedQuery } from './describe-query.ts';
import { loadPgTyped } from './pgtyped.ts';
import { printQueries } from './print-queries.ts';
import { readQueryFiles } from '../parse/query-file.ts';
import type { QueryFile } from '../parse/query-file.ts';
import { withSchemaDatabase } from './schema-database.ts';

/** What became of `sql/`: every typed query file, or everything that is wrong with it. */
export type QueryGeneration =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks and types every query of `sql/<module>/*.sql` against a throwaway database that `migrations/` makes from nothing,
 * and gives `generated/<module>/queries/<file>.ts` for each. Writes nothing below `root`.
 *
 * @param options.adminUrl superuser of a running server to make the throwaway database on; without it one is started.
 * @throws when it could not be done at all: no PostgreSQL for this platform, no room for a cluster.
 */
export async function generateQueries(options: {
  readonly root: string;
  readonly adminUrl?: string;
}): Promise<QueryGeneration> {
  const files = await readQueryFiles(options.root);
  if (files.length === 0) {
    return { ok: true, files: [] };
  }
  // Loaded while the database starts; printing needs it.
  const pgtyped = loadPgTyped();
  const { described, diagnostics } = await describeFiles(files, options);
  if (diagnostics.length > 0) {
    return { ok: false, diagnostics: sortDiagnostics(diagnostics) };
  }
  const printed: GeneratedFile[] = [];
  for (const file of files) {
    const queries = described.filter(({ checked }) => checked.file === file.file);
    printed.push(await printQueries(await pgtyped, file, queries));
  }
  return { ok: true, files: printed };
}

async function describeFiles(
  files: readonly QueryFile[],
  options: { readonly root: string; readonly adminUrl?: string },
): Promise<{ readonly described: readonly DescribedQuery[]; readonly diagnostics: readonly Diagnostic[] }> {
  try {
    // Parsed while the database starts.
    const parsing = parseFiles(files);
    const { queries, diagnostics, catalogue } = await withSchemaDatabase(options, async (clients) =>
      checkQueries(clients, await parsing),
    );
    const outcomes = queries.map((query) => describeQuery(query, catalogue));
    const described = outcomes.map(({ query }) => query);
    return {
      described,
      diagnostics: [
        ...diagnostics,
        ...outcomes.flatMap((outcome) => outcome.diagnostics),
        ...findTakenNames(described),
      ],
    };
  } catch (error) {
    if (!(error instanceof MigrationError)) {
      throw error;
    }
    const at = { ...error.place, pointer: '' };
    return { described: [], diagnostics: [{ rule: 'migration', message: error.message, at }] };
  }
}

async function parseFiles(files: readonly QueryFile[]): Promise<readonly ParsedQueryFile[]> {
  const parsed: ParsedQueryFile[] = [];
  for (const { file, text } of files) {
    parsed.push(parseQueryFile(file, text));
    await nextTurn();
  }
  return parsed;
}
