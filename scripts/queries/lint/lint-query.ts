import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fromByteOffset } from '../../sql/source-text.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { parseSyntax } from '../../sql/syntax-tree.ts';
import type { QueryRule } from './query-rule.ts';
import { changeWithoutWhere } from './rules/change-without-where.ts';
import { foreignSchema } from './rules/foreign-schema.ts';
import { limitWithoutOrder } from './rules/limit-without-order.ts';
import { offsetPagination } from './rules/offset-pagination.ts';
import { selectStar } from './rules/select-star.ts';
import { unqualifiedTable } from './rules/unqualified-table.ts';

const RULES: readonly QueryRule[] = [
  changeWithoutWhere,
  foreignSchema,
  limitWithoutOrder,
  offsetPagination,
  selectStar,
  unqualifiedTable,
];

/** Everything that a waiver in a query may name. */
export const QUERY_RULE_NAMES: ReadonlySet<string> = new Set([
  ...RULES.map(({ name }) => name),
  'missing-index',
  'query-cardinality',
]);

const COMMANDS: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
]);

/** What is wrong with the text of a query; waivers are left to `applyWaivers`, since other checks find things too. */
export function lintQuery(query: SqlQuery): readonly Diagnostic[] {
  const syntax = parseSyntax(query.statement);
  if (!syntax.ok) {
    return [
      {
        rule: 'query-syntax',
        message: `PostgreSQL cannot read this: ${syntax.message}.`,
        at: query.locate(syntax.offset),
      },
    ];
  }
  const [statement, another] = syntax.statements;
  if (statement === undefined || another !== undefined || !COMMANDS.has(statement.kind)) {
    return [
      {
        rule: 'query-syntax',
        message: 'A query is one SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES.',
        at: query.at,
      },
    ];
  }
  return RULES.flatMap(({ name, check }) =>
    check(statement, query).map(({ message, node }) => ({
      rule: name,
      message: `${query.name}: ${message}`,
      at: query.locate(fromByteOffset(query.statement, node.byteOffset)),
    })),
  );
}
