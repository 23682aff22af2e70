import { DatabaseError } from 'pg';
import type { Client } from 'pg';
import { firstQuery } from './first-query.ts';
import type { PgNode } from './node-tree.ts';

/** What PostgreSQL's own analysis says about one statement. Plain data. */
export interface QueryTree {
  readonly query: PgNode;
  /** Types of `$1`, `$2` …, as `format_type` writes them. */
  readonly parameterTypes: readonly string[];
  /** Types of the result's columns; empty when there are none. */
  readonly resultTypes: readonly string[];
  /** Object identifiers of the same types. */
  readonly parameterTypeIds: readonly string[];
  readonly resultTypeIds: readonly string[];
}

/** PostgreSQL refuses the statement. `position` counts characters of the statement from 1, where PostgreSQL gives one. */
export class StatementError extends Error {
  readonly sqlState: string;
  readonly position: number | null;
  readonly hint: string;

  constructor(options: {
    readonly message: string;
    readonly sqlState: string;
    readonly position: number | null;
    readonly hint: string;
    readonly cause: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'StatementError';
    this.sqlState = options.sqlState;
    this.position = options.position;
    this.hint = options.hint;
  }
}

const PREPARED = 'chompardo_analysed';

/**
 * Lets PostgreSQL analyse a statement with parameters `$1`, `$2` … and reads the result: names resolved, operators and
 * overloads chosen, each column marked with the outer joins that can make it null (`varnullingrels`, PostgreSQL 16 on).
 * The tree is that of a temporary procedure's SQL body, made in a transaction that is rolled back; nothing is run.
 *
 * `text` is one SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES without a trailing semicolon.
 *
 * @throws {StatementError} when the statement does not fit the schema.
 */
export async function loadQueryTree(client: Client, text: string): Promise<QueryTree> {
  try {
    const described = await send(client, `BEGIN; PREPARE ${PREPARED} AS `, text, `; ${DESCRIBE}`);
    const description = toDescription(described);
    const head = `CREATE PROCEDURE pg_temp.${PREPARED}(${description.parameterTypes.join(', ')}) BEGIN ATOMIC `;
    const body = await send(client, head, text, `; END; ${READ_BODY}; ${UNDO}`);
    const tree: unknown = body['tree'];
    return { query: firstQuery(typeof tree === 'string' ? tree : ''), ...description };
  } catch (error) {
    await client.query(UNDO);
    throw error;
  }
}

/** A prepared statement outlives its transaction. */
const UNDO = 'ROLLBACK; DEALLOCATE ALL';

const DESCRIBE = `
  SELECT (SELECT json_agg(format_type(oid, NULL) ORDER BY place)
          FROM unnest(parameter_types::oid[]) WITH ORDINALITY AS parameter (oid, place)) AS "parameterTypes",
    (SELECT json_agg(format_type(oid, NULL) ORDER BY place)
     FROM unnest(result_types::oid[]) WITH ORDINALITY AS result (oid, place)) AS "resultTypes",
    parameter_types::oid[]::text[] AS "parameterTypeIds", result_types::oid[]::text[] AS "resultTypeIds"
  FROM pg_prepared_statements WHERE name = '${PREPARED}'`;

const READ_BODY = `
  SELECT prosqlbody::text AS tree FROM pg_proc
  WHERE proname = '${PREPARED}' AND pronamespace = pg_my_temp_schema()`;

function toDescription(row: Readonly<Record<string, unknown>>): Omit<QueryTree, 'query'> {
  return {
    parameterTypes: toWords(row['parameterTypes']),
    resultTypes: toWords(row['resultTypes']),
    parameterTypeIds: toWords(row['parameterTypeIds']),
    resultTypeIds: toWords(row['resultTypeIds']),
  };
}

function toWords(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Sends a statement between other text in one round trip, and gives the row of the last result that has one. */
async function send(
  client: Client,
  head: string,
  text: string,
  tail: string,
): Promise<Readonly<Record<string, unknown>>> {
  // A comment that ends the statement would swallow what follows it.
  const statement = `${head}${text}\n${tail}`;
  try {
    const results: unknown = await client.query(statement);
    return lastRow(results);
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code === undefined) {
      throw cause;
    }
    const position = cause.position === undefined ? null : Number(cause.position) - head.length;
    throw new StatementError({
      message: cause.message,
      sqlState: cause.code,
      position: position === null || position < 1 ? null : position,
      hint: cause.hint ?? '',
      cause,
    });
  }
}

function lastRow(results: unknown): Readonly<Record<string, unknown>> {
  const list: readonly unknown[] = Array.isArray(results) ? results : [results];
  const row = list
    .flatMap((result): unknown[] =>
      typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)
        ? result.rows
        : [],
    )
    .at(-1);
  return typeof row === 'object' && row !== null ? Object.fromEntries(Object.entries(row)) : {};
}
