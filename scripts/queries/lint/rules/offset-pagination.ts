import { toNode, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { QueryRule } from '../query-rule.ts';

/**
 * OFFSET reads and throws away every row before the page, and shows rows twice when others are inserted. OFFSET 0 is another
 * thing: it keeps the planner from merging a subquery into the query around it.
 */
export const offsetPagination: QueryRule = {
  name: 'offset-pagination',
  check: (statement) =>
    walkSyntax(statement)
      .filter(
        ({ kind, fields }) =>
          kind === 'SelectStmt' && fields['limitOffset'] !== undefined && !isZero(fields['limitOffset']),
      )
      .map((node) => ({
        node: toNode(node.fields['limitOffset']) ?? node,
        message:
          'OFFSET reads every row that it skips, and repeats or loses rows when others come and go: continue after the last row of the page, WHERE (sort_key, id) > (:lastSortKey, :lastId).',
      })),
};

function isZero(value: unknown): boolean {
  const constant = toNode(value);
  // PostgreSQL's grammar leaves a zero out.
  return constant?.kind === 'A_Const' && JSON.stringify(constant.fields['ival']) === '{}';
}
