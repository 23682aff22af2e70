import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Diagnostic } from '../generator/contract/contract.ts';
import { toResultShape } from './cardinality/result-shape.ts';
import type { ResultShape } from './cardinality/result-shape.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { loadCatalogue } from './catalogue/load-catalogue.ts';
import { applyWaivers } from './lint/apply-waivers.ts';
import { QUERY_RULE_NAMES, lintQuery } from './lint/lint-query.ts';
import { findMissingIndexes } from './lint/missing-index.ts';
import { analyseNullability } from './nullability/analyse.ts';
import type { ColumnVerdict } from './nullability/analyse.ts';
import { parseQueryFile } from './parse/parse-query-file.ts';
import type { ParsedQueryFile } from './parse/parse-query-file.ts';
import { requiredParameters } from './parse/required-parameters.ts';
import { fromCharacterOffset } from './parse/source-text.ts';
import type { SqlQuery } from './parse/sql-query.ts';
import { StatementError, loadQueryTree } from './tree/load-query-tree.ts';
import type { QueryTree } from './tree/load-query-tree.ts';
import { nodeText, resultColumns } from './tree/node-fields.ts';
import type { PgNode } from './tree/node-tree.ts';

/** What is true of a query that passed every check. */
export interface CheckedQuery {
  /** `sql/<module>/<aggregate>.sql`. */
  readonly file: string;
  readonly name: string;
  readonly query: SqlQuery;
  readonly shape: ResultShape;
  /** The result's columns in order: name at run time, PostgreSQL type, and whether null is possible. */
  readonly columns: readonly CheckedColumn[];
  readonly parameterTypes: readonly string[];
  /** Object identifiers of the same types. */
  readonly parameterTypeIds: readonly string[];
  /** Of the text that was checked; equal texts on an equal schema need no second look. */
  readonly checksum: string;
}

export interface CheckedColumn {
  readonly name: string;
  readonly type: string;
  /** The type's object identifier. */
  readonly typeId: string;
  readonly isNullable: boolean;
  /** The column of a table or view that it is, unchanged; null for an expression. */
  readonly origin: ColumnOrigin | null;
}

/** Where a result column comes from. */
export interface ColumnOrigin {
  readonly table: string;
  readonly column: string;
  readonly comment: string;
}

/** All queries, or everything that is wrong with them, by file and line, and the queries that could be checked nevertheless. */
export interface QueryCheck {
  readonly ok: boolean;
  readonly queries: readonly CheckedQuery[];
  readonly diagnostics: readonly Diagnostic[];
  readonly catalogue: Catalogue;
}

/**
 * Checks every query of `sql/` against a database that the migrations made: syntax, lint, cardinality, indexes, and whether
 * each column can be null. Changes nothing in it.
 *
 * @param options.files path below the project root, with forward slashes, and text.
 */
export function checkQueries(options: {
  readonly client: Client;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}): Promise<QueryCheck> {
  const { client, files } = options;
  return checkParsedQueries(
    [client],
    files.map(({ path, text }) => parseQueryFile(path, text)),
  );
}

/**
 * The same for files that are parsed already.
 *
 * @param clients connections to one database; the queries are divided among them.
 */
export async function checkParsedQueries(
  clients: readonly [Client, ...Client[]],
  files: readonly ParsedQueryFile[],
): Promise<QueryCheck> {
  const catalogue = await loadCatalogue(clients[0]);
  const waiting = files.flatMap(({ queries }) => queries).entries();
  const outcomes: Awaited<ReturnType<typeof checkQuery>>[] = [];
  await Promise.all(
    clients.map(async (client) => {
      for (const [index, query] of waiting) {
        outcomes[index] = await checkQuery(query, client, catalogue);
      }
    }),
  );
  const diagnostics = [...files, ...outcomes].flatMap((outcome) => outcome.diagnostics);
  return {
    ok: diagnostics.length === 0,
    queries: outcomes.flatMap(({ checked }) => checked ?? []),
    diagnostics: diagnostics.toSorted(byPlace),
    catalogue,
  };
}

async function checkQuery(
  query: SqlQuery,
  client: Client,
  catalogue: Catalogue,
): Promise<{ readonly checked: CheckedQuery | null; readonly diagnostics: readonly Diagnostic[] }> {
  const found = [...lintQuery(query)];
  if (found.some(({ rule }) => rule === 'query-syntax')) {
    return { checked: null, diagnostics: found };
  }
  let tree: QueryTree;
  try {
    tree = await loadQueryTree(client, query.statement);
  } catch (error) {
    if (error instanceof StatementError) {
      return { checked: null, diagnostics: [...found, refusal(query, error)] };
    }
    throw error;
  }
  const { shape, diagnostics } = toResultShape(query, tree, catalogue);
  found.push(...diagnostics, ...(await findMissingIndexes(client, query, catalogue)));
  const columns = analyseNullability({ tree, catalogue, requiredParameters: requiredParameters(query) });
  const left = [
    ...applyWaivers({ findings: found, waivers: query.waivers, rules: QUERY_RULE_NAMES }),
    ...columns.flatMap((column) => undecidedColumn(query, column)),
  ];
  const checked: CheckedQuery = {
    file: query.source.file,
    name: query.name,
    query,
    shape,
    columns: resultColumns(tree.query).map((entry, index) => ({
      name: columns[index]?.name ?? '',
      type: tree.resultTypes[index] ?? 'unknown',
      typeId: tree.resultTypeIds[index] ?? '0',
      isNullable: columns[index]?.nullability !== 'not-null',
      origin: originOf(entry, catalogue),
    })),
    parameterTypes: tree.parameterTypes,
    parameterTypeIds: tree.parameterTypeIds,
    checksum: createHash('sha256').update(query.statement).digest('hex'),
  };
  return { checked, diagnostics: left };
}

function originOf(entry: PgNode, catalogue: Catalogue): ColumnOrigin | null {
  const relation = catalogue.relations[nodeText(entry, 'resorigtbl')];
  const column = relation?.columns[nodeText(entry, 'resorigcol')];
  return relation === undefined || column === undefined
    ? null
    : { table: relation.name, column: column.name, comment: column.comment };
}

function refusal(query: SqlQuery, error: StatementError): Diagnostic {
  const offset = error.position === null ? null : fromCharacterOffset(query.statement, error.position - 1);
  const hint = error.hint === '' ? '' : ` ${error.hint}`;
  return {
    rule: 'query-schema',
    message: `${query.name}: PostgreSQL refuses it: ${error.message} (SQLSTATE ${error.sqlState}).${hint}`,
    at: offset === null ? query.at : query.locate(offset),
  };
}

function undecidedColumn(query: SqlQuery, column: ColumnVerdict): readonly Diagnostic[] {
  if (column.nullability !== 'undecided') {
    return [];
  }
  return [
    {
      rule: 'column-nullability',
      message: `${query.name}: whether column ${column.name} can be null is not clear: ${column.reason}. Say it: AS "${column.name}!" when it never is, AS "${column.name}?" when it can be.`,
      at: query.at,
    },
  ];
}

/** By file, line and column. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.at.file < b.at.file
    ? -1
    : a.at.file > b.at.file
      ? 1
      : a.at.line - b.at.line || a.at.column - b.at.column;
}
