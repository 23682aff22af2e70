import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { toResultShape } from './cardinality/result-shape.ts';
import type { ResultShape } from './cardinality/result-shape.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { loadCatalogue } from './catalogue/load-catalogue.ts';
import { QUERY_RULE_NAMES, lintQuery } from './lint/lint-query.ts';
import { findMissingIndexes } from './lint/missing-index.ts';
import { analyseNullability } from './nullability/analyse.ts';
import type { ColumnVerdict } from './nullability/analyse.ts';
import type { ParsedQueryFile } from './parse/parse-query-file.ts';
import { requiredParameters } from './parse/required-parameters.ts';
import { fromCharacterOffset } from '../sql/source-text.ts';
import { applyWaivers } from '../sql/waivers.ts';
import type { SqlQuery } from './parse/sql-query.ts';
import { loadQueryTrees } from './tree/load-query-tree.ts';
import type { QueryTree } from './tree/load-query-tree.ts';
import { nodeText, resultColumns } from './tree/node-fields.ts';
import type { PgNode } from './tree/node-tree.ts';
import { StatementError } from './tree/send-statements.ts';

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
 * @param clients connections to one database; the queries are divided among them.
 */
export async function checkQueries(
  clients: readonly [Client, ...Client[]],
  files: readonly ParsedQueryFile[],
): Promise<QueryCheck> {
  const loading = loadCatalogue(clients[0]);
  const waiting = files.flatMap(({ queries }) => inGroups(queries)).entries();
  const groups: (readonly Outcome[])[] = [];
  await Promise.all(
    clients.map(async (client) => {
      if (client === clients[0]) {
        await loading;
      }
      for (const [index, queries] of waiting) {
        groups[index] = await checkTogether(queries, client, loading);
      }
    }),
  );
  const catalogue = await loading;
  const outcomes = groups.flat();
  const diagnostics = [...files, ...outcomes].flatMap((outcome) => outcome.diagnostics);
  return {
    ok: diagnostics.length === 0,
    queries: outcomes.flatMap(({ checked }) => checked ?? []),
    diagnostics: sortDiagnostics(diagnostics),
    catalogue,
  };
}

/** What became of one query. */
interface Outcome {
  readonly checked: CheckedQuery | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Small enough that several connections have work, and that one refused query sends few others again. */
const GROUP_SIZE = 20;

function inGroups(queries: readonly SqlQuery[]): readonly (readonly SqlQuery[])[] {
  return Array.from({ length: Math.ceil(queries.length / GROUP_SIZE) }, (_, index) =>
    queries.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
  );
}

async function checkTogether(
  queries: readonly SqlQuery[],
  client: Client,
  loading: Promise<Catalogue>,
): Promise<readonly Outcome[]> {
  const linted = queries.map((query) => ({ query, found: lintQuery(query) }));
  const readable = linted
    .filter(({ found }) => found.every(({ rule }) => rule !== 'query-syntax'))
    .map(({ query }) => query);
  const trees = await loadQueryTrees(
    client,
    readable.map(({ statement }) => statement),
  );
  const treeOf = new Map(readable.map((query, index) => [query, trees[index]]));
  const catalogue = await loading;
  return linted.map(({ query, found }) => {
    const tree = treeOf.get(query);
    if (tree === undefined) {
      return { checked: null, diagnostics: found };
    }
    return tree instanceof StatementError
      ? { checked: null, diagnostics: [...found, refusal(query, tree)] }
      : checkQuery({ query, found, tree, catalogue });
  });
}

function checkQuery(options: {
  readonly query: SqlQuery;
  readonly found: readonly Diagnostic[];
  readonly tree: QueryTree;
  readonly catalogue: Catalogue;
}): Outcome {
  const { query, tree, catalogue } = options;
  const { shape, diagnostics } = toResultShape(query, tree, catalogue);
  const found = [...options.found, ...diagnostics, ...findMissingIndexes(query, tree.plan, catalogue)];
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
