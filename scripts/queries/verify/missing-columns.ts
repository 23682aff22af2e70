import type { Catalogue } from '../catalogue/catalogue.ts';
import { CommandType, nodeChild, nodeChildren, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';

/**
 * The columns that an INSERT leaves out although they are NOT NULL and nothing fills them: PostgreSQL says so only when it is
 * run. WITH queries and the INSERT of a MERGE are looked at too.
 */
export function missingColumns(query: PgNode, catalogue: Catalogue): readonly string[] {
  const before = nodeChildren(query, 'cteList').flatMap((cte) => {
    const inner = nodeChild(cte, 'ctequery');
    return inner === null ? [] : missingColumns(inner, catalogue);
  });
  const target = nodeChildren(query, 'rtable')[nodeNumber(query, 'resultRelation') - 1];
  const relation =
    target === undefined ? undefined : catalogue.relations[String(nodeNumber(target, 'relid'))];
  // A trigger may fill what the statement leaves out.
  if (relation?.kind !== 'table' || relation.hasRowTriggers) {
    return before;
  }
  const inserts = [query, ...nodeChildren(query, 'mergeActionList')].filter(
    (node) => nodeNumber(node, 'commandType') === CommandType.insert,
  );
  const missing = inserts.flatMap((insert) => {
    const written = new Set(nodeChildren(insert, 'targetList').map((entry) => nodeNumber(entry, 'resno')));
    return Object.entries(relation.columns).flatMap(([attribute, column]) =>
      column.isNotNull && !column.hasDefault && !column.isGenerated && !written.has(Number(attribute))
        ? [`${relation.schema}.${relation.name}.${column.name}`]
        : [],
    );
  });
  return [...before, ...missing];
}
