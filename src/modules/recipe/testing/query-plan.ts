import type { Database, Queryable } from '#kernel/database/database.ts';

/** One node of `EXPLAIN (ANALYZE, FORMAT JSON)`, as far as these tests look. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

interface ExplainedRow {
  readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode }[];
}

/** What one execution of a query did. */
export interface QueryPlan {
  readonly nodes: readonly PlanNode[];
  /** Names of the indexes that were read, each once, sorted; those of branches that never ran are left out. */
  readonly indexes: readonly string[];
  /** Rows looked at in all, and entries where an index was enough; building bitmaps aside. */
  readonly examined: number;
  /** The most rows that went into one sort. */
  readonly sorted: number;
}

/** `custom` plans for the values at hand, `generic` for all values, as a prepared statement may after five executions. */
export type PlanMode = 'custom' | 'generic';

/** Runs what `run` sends, prepared as the pool would prepare it, and tells how PostgreSQL went about it. */
export async function explain(
  database: Database,
  mode: PlanMode,
  run: (capture: Queryable) => Promise<unknown>,
): Promise<QueryPlan> {
  let [text, values]: [string, readonly unknown[]] = ['', []];
  await run({
    async query(sentText, sentValues) {
      [text, values] = [sentText, sentValues ?? []];
      return { rows: [], rowCount: 0 };
    },
  });
  return database.transaction(async (session) => {
    await session.query(`SET LOCAL plan_cache_mode = force_${mode}_plan`);
    await session.query(`PREPARE explained AS ${text}`);
    try {
      const list = values.length === 0 ? '' : `(${values.map((value) => toLiteral(value)).join(', ')})`;
      const { rows } = await session.query(
        `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE explained${list}`,
      );
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the form is PostgreSQL's, documented with EXPLAIN
      const [row] = rows as readonly ExplainedRow[];
      return toQueryPlan(row?.['QUERY PLAN'][0]?.Plan);
    } finally {
      await session.query('DEALLOCATE explained');
    }
  });
}

const TABLE_SCANS = new Set(['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan']);

function toQueryPlan(root: PlanNode | undefined): QueryPlan {
  const nodes = root === undefined ? [] : flatten(root);
  const ran = nodes.filter((node) => node['Actual Loops'] > 0);
  const indexes = new Set(ran.flatMap((node) => node['Index Name'] ?? []));
  return {
    nodes,
    indexes: [...indexes].toSorted(),
    examined: sum(ran.filter((node) => TABLE_SCANS.has(node['Node Type'])).map((node) => rowsOf(node))),
    sorted: Math.max(
      0,
      ...ran
        .filter((node) => node['Node Type'].includes('Sort'))
        .flatMap((node) => node.Plans?.map(rowsOf) ?? []),
    ),
  };
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap((child) => flatten(child))];
}

function rowsOf(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A literal for EXECUTE, which takes no parameters in turn. */
function toLiteral(value: unknown): string {
  if (Array.isArray(value)) {
    return `'{${value.map((each) => `"${each}"`).join(',')}}'`;
  }
  return typeof value === 'boolean' ? `${value}` : `'${String(value).replaceAll("'", "''")}'`;
}
