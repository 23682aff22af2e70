import { toNode, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { QueryRule } from '../query-rule.ts';

/** LIMIT takes the first rows of an order; without one it takes any. */
export const limitWithoutOrder: QueryRule = {
  name: 'limit-without-order',
  check: (statement) =>
    walkSyntax(statement)
      .filter(
        ({ kind, fields }) =>
          kind === 'SelectStmt' && fields['limitCount'] !== undefined && fields['sortClause'] === undefined,
      )
      .map((node) => ({
        node: toNode(node.fields['limitCount']) ?? node,
        message:
          'LIMIT without ORDER BY gives any rows, others each time: order by columns of which no two rows have the same.',
      })),
};
