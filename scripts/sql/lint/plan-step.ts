import type { Client } from 'pg';

/** A step of a plan, of what EXPLAIN says about it. Text is empty where the plan has none. */
export interface PlanStep {
  /** `Seq Scan`, `Nested Loop` … */
  readonly type: string;
  /** `schema.table` that it reads; empty when it reads none. */
  readonly table: string;
  readonly filter: string;
  /** What narrows an index scan, or a scan of a bitmap made from one. */
  readonly indexCondition: string;
  readonly joinFilter: string;
  /** Whether it is read again for each row of its sibling. */
  readonly isInner: boolean;
  readonly steps: readonly PlanStep[];
}

/** Hash and merge joins would hide that a join has no index to use; the compiler and parallel workers only add noise. */
const SETTINGS = `SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
  SET LOCAL enable_material = off; SET LOCAL enable_memoize = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off`;

/** The plan for any values of the parameters, when sequential scans are dear; in one round trip, and nothing is run. */
export async function explainGenerically(client: Client, statement: string): Promise<PlanStep> {
  try {
    const results: unknown = await client.query(
      // A comment that ends the statement would swallow what follows it.
      `BEGIN; ${SETTINGS}; EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${statement}\n; ROLLBACK`,
    );
    const last: unknown = Array.isArray(results) ? results.at(-2) : undefined;
    return toPlanStep(member(member(member(member(member(last, 'rows'), 0), 'QUERY PLAN'), 0), 'Plan'));
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function toPlanStep(value: unknown): PlanStep {
  const text = (key: string): string => {
    const found = member(value, key);
    return typeof found === 'string' ? found : '';
  };
  const below = member(value, 'Plans');
  const isTableScan = text('Relation Name') !== '' && text('Node Type').endsWith('Scan');
  return {
    type: text('Node Type'),
    table: isTableScan ? `${text('Schema')}.${text('Relation Name')}` : '',
    filter: text('Filter'),
    indexCondition: text('Index Cond') + text('Recheck Cond') + text('TID Cond'),
    joinFilter: text('Join Filter'),
    isInner: text('Parent Relationship') === 'Inner',
    steps: Array.isArray(below) ? below.map((step) => toPlanStep(step)) : [],
  };
}

function member(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
