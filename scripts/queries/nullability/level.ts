import type { Catalogue } from '../catalogue/catalogue.ts';
import { nodeChild, nodeChildren, nodeText } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
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
  /** Columns of an entry of the range table, once they are known. */
  readonly columns: Map<number, readonly Verdict[]>;
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
    isBeforeChange: false,
  };
}

/** The same query with more proven, as inside a branch of CASE. */
export function withProofs(level: Level, proofs: Proofs): Level {
  // What is known of subqueries may have used fewer proofs, never wrong ones; it is asked again all the same.
  return { ...level, proofs, columns: new Map() };
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
  return node == null ? undecided('PostgreSQL gave no expression') : level.analysis.judge(node, level);
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
