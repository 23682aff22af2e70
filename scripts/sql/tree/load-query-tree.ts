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
const BODY = 'BEGIN ATOMIC ';

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
  await client.query('BEGIN');
  try {
    const preparing = `PREPARE ${PREPARED} AS `;
    await attempt(client, preparing, text, '');
    const described = await client.query<{ parameterTypes: string[]; resultTypes: string[] | null }>(
      `SELECT coalesce((SELECT array_agg(format_type(oid, NULL) ORDER BY place)
                        FROM unnest(parameter_types::oid[]) WITH ORDINALITY AS parameter (oid, place)),
                       '{}') AS "parameterTypes",
              (SELECT array_agg(format_type(oid, NULL) ORDER BY place)
               FROM unnest(result_types::oid[]) WITH ORDINALITY AS result (oid, place)) AS "resultTypes"
       FROM pg_prepared_statements WHERE name = $1`,
      [PREPARED],
    );
    const parameterTypes = described.rows[0]?.parameterTypes ?? [];
    const head = `CREATE PROCEDURE pg_temp.${PREPARED}(${parameterTypes.join(', ')}) ${BODY}`;
    await attempt(client, head, text, '; END');
    const body = await client.query<{ tree: string }>(
      `SELECT prosqlbody::text AS tree FROM pg_proc WHERE proname = $1 AND pronamespace = pg_my_temp_schema()`,
      [PREPARED],
    );
    return {
      query: firstQuery(body.rows[0]?.tree ?? ''),
      parameterTypes,
      resultTypes: described.rows[0]?.resultTypes ?? [],
    };
  } finally {
    await client.query(`ROLLBACK`);
    // A prepared statement outlives its transaction.
    await client.query('DEALLOCATE ALL');
  }
}

/** Where a statement stands in what is sent, and how an error's place is counted back. */
async function attempt(client: Client, head: string, text: string, tail: string): Promise<void> {
  try {
    await client.query(`${head}${text}${tail}`);
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
