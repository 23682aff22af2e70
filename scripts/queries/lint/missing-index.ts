import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { fromByteOffset } from '../../sql/source-text.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { parseSyntax, syntaxText } from '../../sql/syntax-tree.ts';
import { namedTables } from '../../sql/named-tables.ts';
import type { PlanStep } from '../tree/plan-step.ts';

/** Marks a table that stays small: `COMMENT ON TABLE ticket.units IS 'Units of measure. @small'`. */
const SMALL = /(?:^|\s)@small\b/;

/**
 * Finds filters and joins that no index serves: PostgreSQL reads the whole table although sequential scans cost it dear.
 *
 * @param plan the generic one, when sequential scans are dear.
 */
export function findMissingIndexes(
  query: SqlQuery,
  plan: PlanStep,
  catalogue: Catalogue,
): readonly Diagnostic[] {
  const seen = new Set(
    Object.values(catalogue.relations).flatMap(({ schema, name, comment }) =>
      SMALL.test(comment) ? [`${schema}.${name}`] : [],
    ),
  );
  return wholeReads(plan, { isLimited: false, joinFilter: '' }).flatMap(({ table, condition }) => {
    if (seen.has(table)) {
      return [];
    }
    seen.add(table);
    return [
      {
        rule: 'missing-index',
        message: `${query.name}: no index serves ${condition}, so every row of ${table} is read. Add an index in a migration, or mark the table with '@small' in its comment.`,
        at: placeOfTable(query, table),
      },
    ];
  });
}

interface Surroundings {
  /** Whether a LIMIT stops the reading. */
  readonly isLimited: boolean;
  /** The join's condition, when the step is read again for each row of the other side. */
  readonly joinFilter: string;
}

/** The tables that are read whole to keep some of their rows. */
function wholeReads(
  step: PlanStep,
  around: Surroundings,
): readonly { readonly table: string; readonly condition: string }[] {
  // An index read in order until LIMIT is filled reads no more than it must.
  const isOrdered = around.isLimited && step.type.startsWith('Index');
  const condition = step.filter === '' ? around.joinFilter : step.filter;
  const isWhole = step.table !== '' && step.indexCondition === '' && !isOrdered && condition !== '';
  const below = step.steps.flatMap((child) =>
    wholeReads(child, {
      isLimited: around.isLimited || step.type === 'Limit',
      joinFilter: joinFilterOf(step, child, around),
    }),
  );
  return isWhole ? [{ table: step.table, condition }, ...below] : below;
}

function joinFilterOf(step: PlanStep, child: PlanStep, around: Surroundings): string {
  if (step.type !== 'Nested Loop') {
    return around.joinFilter;
  }
  return child.isInner ? step.joinFilter : '';
}

function placeOfTable(query: SqlQuery, table: string): Diagnostic['at'] {
  const syntax = parseSyntax(query.statement);
  const [statement] = syntax.ok ? syntax.statements : [];
  const node =
    statement === undefined
      ? undefined
      : namedTables(statement).find(
          (candidate) =>
            `${syntaxText(candidate, 'schemaname')}.${syntaxText(candidate, 'relname')}` === table,
        );
  return node === undefined ? query.at : query.locate(fromByteOffset(query.statement, node.byteOffset));
}
