import type { Catalogue } from '../catalogue/catalogue.ts';
import { nodeChild, nodeChildren, nodeText } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { columnsAbove } from '../cardinality/determined.ts';
import { collectProofs } from './proofs.ts';
import type { Proofs } from './proofs.ts';
import { nullWhenAnyIs, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** What the whole analysis of one statement shares. */
export interface Analysis {
  readonly catalogue: Catalogue;
  /** Whether `$1`, `$2` … can be null, by number. */
  readonly parameters: ReadonlyMap<number, Verdict>;
  /** What is assumed of a recursive query's columns while it is being proven. */
  readonly assumptions: Map<PgNode, readonly Verdict[]>;
  /** Counts changes of the assumptions: what was known under others has to be asked again. */
  readonly assumed: { count: number };
  /** Columns of views, by schema and name: each is judged once. */
  readonly views: Map<string, readonly Verdict[]>;
  /** Judges an expression of a query. A value, since expressions hold queries and queries hold expressions. */
  readonly judge: (node: PgNode, level: Level) => Verdict;
  /** Judges the result columns of a query that stands in another, or in none. */
  readonly judgeQuery: (query: PgNode, parent: Level | null, analysis: Analysis) => readonly Verdict[];
}

/** One query among its surroundings: PostgreSQL's `varlevelsup` counts these. */
export interface Level {
  readonly analysis: Analysis;
  readonly query: PgNode;
  readonly parent: Level | null;
  readonly rangeTable: readonly PgNode[];
  readonly proofs: Proofs;
  /** Columns of entries of the range table once they are known, and of which proofs they were known with: see `columnsKey`. */
  readonly columns: Map<string, readonly Verdict[]>;
  /** Columns of WITH queries of this query, once they are known. */
  readonly ctes: Map<PgNode, { readonly columns: readonly Verdict[]; readonly assumed: number }>;
  /** Verdicts on expressions under these proofs. */
  readonly verdicts: Map<PgNode, Verdict>;
  /** True inside what UPDATE assigns: the changed table's columns are those of the row as it was. */
  readonly isBeforeChange: boolean;
}

/** Enters a query. */
export function enterQuery(analysis: Analysis, query: PgNode, parent: Level | null): Level {
  return {
    analysis,
    query,
    parent,
    rangeTable: nodeChildren(query, 'rtable'),
    proofs: collectProofs(query, analysis.catalogue),
    columns: new Map(),
    ctes: new Map(),
    verdicts: new Map(),
    isBeforeChange: false,
  };
}

/** The same query with more proven, as inside a branch of CASE. */
export function withProofs(level: Level, proofs: Proofs): Level {
  return { ...level, proofs, verdicts: new Map() };
}

/** What an entry's columns depend on: the entry, and when it is LATERAL, what is proven of the columns that it looks at. */
export function columnsKey(level: Level, number: number): string {
  const entry = level.rangeTable[number - 1];
  const seen = entry === undefined ? [] : columnsAbove(entry);
  if (seen.length === 0) {
    return String(number);
  }
  const { columns, joins } = level.proofs;
  const proven = new Set(
    seen.map((column) => `${column.number}.${column.attribute}`).filter((key) => columns.has(key)),
  );
  return [number, ...proven, ...joins, level.isBeforeChange].join(' ');
}

/** The query that many levels out. @throws {RangeError} when the tree is not whole. */
export function outerLevel(level: Level, levelsUp: number): Level {
  let found: Level | null = level;
  for (let count = levelsUp; count > 0; count -= 1) {
    found = found?.parent ?? null;
  }
  if (found === null) {
    throw new RangeError(`A query tree refers ${levelsUp} queries outwards, which are not there.`);
  }
  return found;
}

/** The WITH query of that name, seen from where the range table names it, and the query that holds it. */
export function findCte(level: Level, name: string, levelsUp: number): { cte: PgNode; holder: Level } {
  const holder = outerLevel(level, levelsUp);
  const cte = nodeChildren(holder.query, 'cteList').find((node) => nodeText(node, 'ctename') === name);
  if (cte === undefined) {
    throw new RangeError(`A query tree refers to WITH query ${name}, which is not there.`);
  }
  return { cte, holder };
}

/** Whether an expression of that query can be null. */
export function judge(node: PgNode | null | undefined, level: Level): Verdict {
  if (node == null) {
    return undecided('PostgreSQL gave no expression');
  }
  const verdict = level.verdicts.get(node) ?? level.analysis.judge(node, level);
  level.verdicts.set(node, verdict);
  return verdict;
}

/** Whether the expression in a field can be null. */
export function judgeField(node: PgNode, field: string, level: Level): Verdict {
  return judge(nodeChild(node, field), level);
}

/** Whether any of a field's expressions can be null. */
export function judgeAll(node: PgNode, level: Level, field = 'args'): Verdict {
  const parts = nodeChildren(node, field).map((part) => judge(part, level));
  return nullWhenAnyIs(parts, 'nothing it is made of can be null');
}

/** Whether each result column of a query that stands in `parent` can be null. */
export function judgeQuery(query: PgNode, parent: Level): readonly Verdict[] {
  return parent.analysis.judgeQuery(query, parent, parent.analysis);
}
