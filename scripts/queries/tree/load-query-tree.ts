import type { Client } from 'pg';
import { firstQuery } from './first-query.ts';
import type { PgNode } from './node-tree.ts';
import { EXPLAIN, PLANNER_SETTINGS, toPlan } from './plan-step.ts';
import type { PlanStep } from './plan-step.ts';
import { sendStatements, togetherOrAlone } from './send-statements.ts';
import type { CommandResult, StatementError } from './send-statements.ts';

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
  /** How it would be run for any values of the parameters, when sequential scans are dear. */
  readonly plan: PlanStep;
}

/** Begins the name of everything that is made, and undone again. */
const ANALYSED = 'chompardo_analysed_';

/**
 * Lets PostgreSQL analyse statements with parameters `$1`, `$2` … and reads the results: names resolved, operators and
 * overloads chosen, each column marked with the outer joins that can make it null (`varnullingrels`, PostgreSQL 16 on).
 * A tree is that of a temporary procedure's SQL body, made in a transaction that is rolled back; nothing is run. The plan comes
 * along: what can be analysed and not be planned, as `1 / 0`, is refused too.
 *
 * Each text is one SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES without a trailing semicolon. They travel together,
 * because the round trips cost more than the analysis.
 *
 * @returns for each text its tree, or why it does not fit the schema.
 */
export function loadQueryTrees(
  client: Client,
  texts: readonly string[],
): Promise<readonly (QueryTree | StatementError)[]> {
  return togetherOrAlone(texts, (some) => analyse(client, some));
}

async function analyse(client: Client, texts: readonly string[]): Promise<readonly QueryTree[]> {
  try {
    const prepared = await sendStatements(client, {
      before: 'BEGIN',
      statements: texts.map((text, index) => ({ head: `PREPARE ${ANALYSED}${index} AS `, text, tail: '' })),
      after: DESCRIBE,
    });
    const descriptions = lastRows(prepared).map((row) => toDescription(row));
    const created = await sendStatements(client, {
      before: PLANNER_SETTINGS,
      statements: texts.map((text, index) => ({
        head: `CREATE PROCEDURE pg_temp.${ANALYSED}${index}(${descriptions[index]?.parameterTypes.join(', ') ?? ''}) BEGIN ATOMIC `,
        text,
        tail: '; END',
      })),
      after: [READ_BODIES, ...texts.map((text) => `${EXPLAIN} ${text}\n`), UNDO].join('; '),
    });
    const bodies = lastRows(created).map(({ tree }) => (typeof tree === 'string' ? tree : ''));
    const plans = created.filter(({ command }) => command === 'EXPLAIN');
    return descriptions.map((description, index) =>
      Object.assign(description, {
        query: firstQuery(bodies[index] ?? ''),
        plan: toPlan(plans[index]?.rows[0]?.['QUERY PLAN']),
      }),
    );
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
  FROM pg_prepared_statements WHERE name LIKE '${ANALYSED}%' ORDER BY length(name), name`;

const READ_BODIES = `
  SELECT prosqlbody::text AS tree FROM pg_proc
  WHERE proname LIKE '${ANALYSED}%' AND pronamespace = pg_my_temp_schema() ORDER BY length(proname::text), proname`;

function toDescription(row: Readonly<Record<string, unknown>>): Omit<QueryTree, 'query' | 'plan'> {
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

function lastRows(results: readonly CommandResult[]): CommandResult['rows'] {
  return results.findLast(({ command }) => command === 'SELECT')?.rows ?? [];
}
