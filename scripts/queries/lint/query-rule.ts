import type { SqlQuery } from '../parse/sql-query.ts';
import type { SyntaxNode } from '../../sql/syntax-tree.ts';

/** A thing to refuse in a query. */
export interface Finding {
  readonly message: string;
  /** The node that is wrong. */
  readonly node: SyntaxNode;
}

/** A rule about the text of one query. */
export interface QueryRule {
  /** Kebab-case; what a waiver names. */
  readonly name: string;
  readonly check: (statement: SyntaxNode, query: SqlQuery) => readonly Finding[];
}
