import type { Diagnostic } from '../contract/contract.ts';
import type { GeneratedFile } from '../write/generated-file.ts';

/** What became of `sql/`: every typed query file, or everything that is wrong with it. */
export type QueryGeneration =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Types every query of `sql/<module>/*.sql` against a throwaway database that `migrations/` makes from nothing, and
 * gives `generated/<module>/queries/<file>.ts` for each. Writes nothing below `root`.
 *
 * @throws when it could not be done at all: no PostgreSQL for this platform, no room for a cluster.
 */
export async function generateQueries(options: { readonly root: string }): Promise<QueryGeneration> {
  throw new Error(`generateQueries is not there yet (${options.root})`);
}
