import { syntaxChildren, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { QueryRule } from '../query-rule.ts';

/** UPDATE or DELETE of every row is rarely meant. */
export const changeWithoutWhere: QueryRule = {
  name: 'change-without-where',
  check: (statement) =>
    walkSyntax(statement)
      .filter(
        ({ kind, fields }) =>
          (kind === 'UpdateStmt' || kind === 'DeleteStmt') && fields['whereClause'] === undefined,
      )
      .map((node) => {
        const verb = node.kind === 'UpdateStmt' ? 'UPDATE' : 'DELETE';
        const [table] = syntaxChildren(node, 'relation');
        const name = table === undefined ? 'the table' : syntaxText(table, 'relname');
        return {
          node: table ?? node,
          message: `${verb} without WHERE changes every row of ${name}; say which rows are meant.`,
        };
      }),
};
