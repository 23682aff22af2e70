import type { Catalogue } from '../catalogue/catalogue.ts';
import type { QueryTree } from '../tree/load-query-tree.ts';
import { CommandType, nodeChild, nodeChildren, nodeFlag, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { toAnalysis } from './analyse.ts';
import { enterQuery, judgeField } from './level.ts';
import type { Level } from './level.ts';

/**
 * The NOT NULL columns to which a statement can write null, which PostgreSQL refuses only when it is run:
 * `ticket.tickets.note`. Its WITH queries, the actions of a MERGE and ON CONFLICT are looked at too.
 */
export function writtenNulls(options: {
  readonly tree: QueryTree;
  readonly catalogue: Catalogue;
  readonly requiredParameters: ReadonlySet<number>;
}): readonly string[] {
  const analysis = toAnalysis(options);
  return nullsOf(enterQuery(analysis, options.tree.query, null));
}

function nullsOf(level: Level): readonly string[] {
  const { analysis, query } = level;
  const before = nodeChildren(query, 'cteList').flatMap((cte) => {
    const inner = nodeChild(cte, 'ctequery');
    return inner === null ? [] : nullsOf(enterQuery(analysis, inner, level));
  });
  const target = level.rangeTable[nodeNumber(query, 'resultRelation') - 1];
  const relation =
    target === undefined ? undefined : analysis.catalogue.relations[String(nodeNumber(target, 'relid'))];
  // A trigger may write what the statement does not.
  if (relation?.kind !== 'table' || relation.hasRowTriggers) {
    return before;
  }
  const writing = { ...level, isBeforeChange: true };
  const nulls = assignments(query)
    .filter((entry) => !nodeFlag(entry, 'resjunk'))
    .flatMap((entry) => {
      const column = relation.columns[String(nodeNumber(entry, 'resno'))];
      return column?.isNotNull === true && judgeField(entry, 'expr', writing).nullability === 'nullable'
        ? [`${relation.schema}.${relation.name}.${column.name}`]
        : [];
    });
  return [...before, ...nulls];
}

/** Every `column = value` of an INSERT, UPDATE or MERGE. */
function assignments(query: PgNode): readonly PgNode[] {
  const conflict = nodeChild(query, 'onConflict');
  return [
    ...[query, ...nodeChildren(query, 'mergeActionList')]
      .filter((node) => WRITING.has(nodeNumber(node, 'commandType')))
      .flatMap((node) => nodeChildren(node, 'targetList')),
    ...(conflict === null ? [] : nodeChildren(conflict, 'onConflictSet')),
  ];
}

const WRITING: ReadonlySet<number> = new Set([CommandType.insert, CommandType.update]);
