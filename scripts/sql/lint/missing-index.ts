import type { Client } from 'pg';
import type { Diagnostic } from '../../generator/contract/contract.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseSyntax, syntaxText } from '../parse/syntax-tree.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { fromByteOffset } from '../parse/source-text.ts';
import { namedTables } from './named-tables.ts';

/** A step of a plan, as EXPLAIN (FORMAT JSON) gives it. */
interface PlanStep {
  readonly 'Node Type': string;
  readonly Schema?: string;
  readonly 'Relation Name'?: string;
  readonly Filter?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly 'Join Filter'?: string;
  readonly 'Parent Relationship'?: string;
  readonly Plans?: readonly PlanStep[];
}

/** Marks a table that stays small: `COMMENT ON TABLE recipe.units IS 'Units of measure. @small'`. */
const SMALL = /(?:^|\s)@small\b/;

/**
 * Finds filters and joins that no index serves: PostgreSQL reads the whole table although sequential scans cost it dear. The
 * plan is the generic one, for any values of the parameters; nothing is run.
 */
export async function findMissingIndexes(
  client: Client,
  query: SqlQuery,
  catalogue: Catalogue,
): Promise<readonly Diagnostic[]> {
  const plan = await explain(client, query.statement);
  const small = new Set(
    Object.values(catalogue.relations).flatMap(({ schema, name, comment }) =>
      SMALL.test(comment) ? [`${schema}.${name}`] : [],
    ),
  );
  const found = plan === null ? [] : wholeReads(plan, false, false);
  const seen = new Set<string>();
  return found.flatMap(({ step, condition }) => {
    const table = `${step.Schema ?? ''}.${step['Relation Name'] ?? ''}`;
    if (small.has(table) || seen.has(table)) {
      return [];
    }
    seen.add(table);
    return [
      {
        rule: 'missing-index',
        message: `${query.name}: no index serves ${condition}, so every row of ${table} is read. Add an index in a migration, or mark the table with '@small' in its comment.`,
        at: placeOfTable(query, table),
      },
    ];
  });
}

/** The steps that read a whole table to keep some of it. */
function wholeReads(
  step: PlanStep,
  isLimited: boolean,
  isInner: boolean,
  joinFilter = '',
): readonly { readonly step: PlanStep; readonly condition: string }[] {
  const isScan = step['Relation Name'] !== undefined && step['Node Type'].endsWith('Scan');
  // A scan of an index, or of a bitmap of one, that no condition narrows reads all of it.
  const isWhole = step['Index Cond'] === undefined && step['Recheck Cond'] === undefined;
  // An index read in order until LIMIT is filled reads no more than it must.
  const isOrdered = isLimited && step['Node Type'].startsWith('Index');
  const condition = step.Filter ?? (isInner ? joinFilter : '');
  const own = isScan && isWhole && !isOrdered && condition !== '' ? [{ step, condition }] : [];
  const limited = isLimited || step['Node Type'] === 'Limit';
  const filter = step['Join Filter'] ?? joinFilter;
  const below = (step.Plans ?? []).flatMap((child) => {
    const inner = step['Node Type'] === 'Nested Loop' ? child['Parent Relationship'] === 'Inner' : isInner;
    return wholeReads(child, limited, inner, filter);
  });
  return [...own, ...below];
}

async function explain(client: Client, statement: string): Promise<PlanStep | null> {
  await client.query('BEGIN');
  try {
    // Hash and merge joins would hide that a join has no index to use; the compiler and parallel workers only add noise.
    await client.query(`SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
      SET LOCAL enable_material = off; SET LOCAL enable_memoize = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off`);
    const result = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanStep }[] }>(
      `EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${statement}`,
    );
    return result.rows[0]?.['QUERY PLAN'][0]?.Plan ?? null;
  } finally {
    await client.query('ROLLBACK');
  }
}

function placeOfTable(query: SqlQuery, table: string): Diagnostic['at'] {
  const syntax = parseSyntax(query.statement);
  const [statement] = syntax.ok ? syntax.statements : [];
  const node =
    statement === undefined
      ? undefined
      : namedTables(statement).find(
          (candidate) =>
            `${syntaxText(candidate, 'schemaname')}.${syntaxText(candidate, 'relname')}` === table,
        );
  return node === undefined ? query.at : query.locate(fromByteOffset(query.statement, node.byteOffset));
}
