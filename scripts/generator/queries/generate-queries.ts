import { MigrationError } from '../../migrate/migration-error.ts';
import type { Diagnostic } from '../contract/contract.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { describeQuery } from './describe-query.ts';
import type { DescribedQuery } from './describe-query.ts';
import { printQueries } from './print-queries.ts';
import { parseQueryFile, readQueryFiles } from './query-file.ts';
import type { QueryFile } from './query-file.ts';
import { withSchemaDatabase } from './schema-database.ts';
import { loadPgTyped } from './pgtyped.ts';
import type { SQLQueryAST, TypeMapping } from './pgtyped.ts';

/** What became of `sql/`: every typed query file, or everything that is wrong with it. */
export type QueryGeneration =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface ParsedFile {
  readonly file: QueryFile;
  readonly queries: readonly SQLQueryAST[];
}

/**
 * Types every query of `sql/<module>/*.sql` against a throwaway database that `migrations/` makes from nothing, and
 * gives `generated/<module>/queries/<file>.ts` for each. Writes nothing below `root`.
 *
 * @param options.adminUrl superuser of a running server to make the throwaway database on; without it one is started.
 * @throws when it could not be done at all: no PostgreSQL for this platform, no room for a cluster.
 */
export async function generateQueries(options: {
  readonly root: string;
  readonly adminUrl?: string;
}): Promise<QueryGeneration> {
  const parsed: ParsedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of await readQueryFiles(options.root)) {
    const result = parseQueryFile(file);
    diagnostics.push(...result.diagnostics);
    parsed.push({ file, queries: result.diagnostics.length === 0 ? result.queries : [] });
  }
  if (parsed.length === 0) {
    return { ok: true, files: [] };
  }
  // Loaded while the database starts; printing needs it.
  const pgtyped = loadPgTyped();
  let mapping: TypeMapping = {};
  const described = new Map<QueryFile, DescribedQuery[]>();
  try {
    await withSchemaDatabase(options, async (schema) => {
      ({ mapping } = schema);
      for (const { file, queries } of parsed) {
        const typed: DescribedQuery[] = [];
        for (const ast of queries) {
          const result = await describeQuery(file, ast, schema);
          diagnostics.push(...result.diagnostics);
          if (result.query !== undefined) {
            typed.push(result.query);
          }
        }
        described.set(file, typed);
      }
    });
  } catch (error) {
    if (!(error instanceof MigrationError)) {
      throw error;
    }
    diagnostics.push({ rule: 'migration', message: error.message, at: { ...error.place, pointer: '' } });
  }
  if (diagnostics.length > 0) {
    return { ok: false, diagnostics: diagnostics.toSorted(byPlace) };
  }
  const files: GeneratedFile[] = [];
  for (const [file, queries] of described) {
    files.push(await printQueries({ ...(await pgtyped), mapping }, file, queries));
  }
  return { ok: true, files };
}

function byPlace({ at: left }: Diagnostic, { at: right }: Diagnostic): number {
  if (left.file !== right.file) {
    return left.file < right.file ? -1 : 1;
  }
  return left.line - right.line || left.column - right.column;
}
