import type { Client } from 'pg';
import { cardinalityOf } from '../cardinality/cardinality.ts';
import type { Cardinality } from '../cardinality/cardinality.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { analyseNullability } from '../nullability/analyse.ts';
import { writtenNulls } from '../nullability/written-nulls.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';
import { readQueryFiles } from '../parse/query-file.ts';
import { requiredParameters } from '../parse/required-parameters.ts';
import { fromCharacterOffset } from '../../sql/source-text.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { loadQueryTrees } from '../tree/load-query-tree.ts';
import type { QueryTree } from '../tree/load-query-tree.ts';
import { StatementError } from '../tree/send-statements.ts';
import { missingColumns } from './missing-columns.ts';
import type { SourcePointer } from '../../diagnostics/diagnostic.ts';

/** What a query gives and takes on one schema. */
export interface QueryDescription {
  readonly parameterTypes: readonly string[];
  /** Of each parameter the values that its enum has; empty for other types. */
  readonly parameterValues: readonly (readonly string[])[];
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isNullable: boolean }[];
  readonly cardinality: Cardinality;
  /** Columns that an INSERT leaves out although they need a value: `ticket.tickets.author`. */
  readonly missing: readonly string[];
  /** NOT NULL columns to which it can write null. */
  readonly nulls: readonly string[];
}

/** A query on one schema: what it does there, or why it fails. */
export type QueryOutcome =
  | { readonly ok: true; readonly description: QueryDescription }
  | { readonly ok: false; readonly message: string; readonly at: SourcePointer };

/** The queries below a root's `sql/`, in the order of their files; unreadable files have none, that is the generator's to say. */
export async function readQueries(root: string): Promise<readonly SqlQuery[]> {
  const files = await readQueryFiles(root);
  return files.flatMap(({ file, text }) => parseQueryFile(file, text).queries);
}

/** Describes each query on the schema behind a connection, in the same order. */
export async function describeQueries(
  client: Client,
  queries: readonly SqlQuery[],
): Promise<readonly QueryOutcome[]> {
  const catalogue = await loadCatalogue(client);
  const trees = await loadQueryTrees(
    client,
    queries.map(({ statement }) => statement),
  );
  return trees.map((tree, index) => {
    const query = queries[index];
    if (query === undefined) {
      throw new RangeError('There are more trees than queries.');
    }
    return tree instanceof StatementError ? refusal(tree, query) : describe(tree, query, catalogue);
  });
}

function describe(tree: QueryTree, query: SqlQuery, catalogue: Catalogue): QueryOutcome {
  const options = { tree, catalogue, requiredParameters: requiredParameters(query) };
  const verdicts = analyseNullability(options);
  return {
    ok: true,
    description: {
      parameterTypes: tree.parameterTypes,
      parameterValues: tree.parameterTypeIds.map((id) => enumValues(id, catalogue)),
      columns: verdicts.map(({ name, nullability }, index) => ({
        name,
        type: tree.resultTypes[index] ?? 'unknown',
        isNullable: nullability !== 'not-null',
      })),
      cardinality: cardinalityOf(tree.query, catalogue),
      missing: missingColumns(tree.query, catalogue),
      nulls: writtenNulls(options),
    },
  };
}

/** The values of an enum, of a domain over one, or of an array's elements. */
function enumValues(id: string, catalogue: Catalogue): readonly string[] {
  const type = catalogue.types[id];
  const inner = type?.element ?? type?.base ?? null;
  return inner === null ? (type?.values ?? []) : enumValues(inner, catalogue);
}

function refusal(error: StatementError, query: SqlQuery): QueryOutcome {
  const offset = error.position === null ? null : fromCharacterOffset(query.statement, error.position - 1);
  return { ok: false, message: error.message, at: offset === null ? query.at : query.locate(offset) };
}
