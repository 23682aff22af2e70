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

/** Asks for the plan for any values of the parameters; nothing is run. */
export const EXPLAIN = 'EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON)';

/**
 * Makes sequential scans dear until the transaction ends. Hash and merge joins would hide that a join has no index to use; the
 * compiler and parallel workers only add noise.
 */
export const PLANNER_SETTINGS = `SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
  SET LOCAL enable_material = off; SET LOCAL enable_memoize = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off`;

/** The topmost step of what `EXPLAIN` answers, parsed. */
export function toPlan(answer: unknown): PlanStep {
  return toPlanStep(member(member(answer, 0), 'Plan'));
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
