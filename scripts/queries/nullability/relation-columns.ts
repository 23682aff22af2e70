import { isNode, nodeNumber } from '../tree/node-fields.ts';
import { parseNodeTree } from '../tree/node-tree.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { viewQuery } from '../tree/view-query.ts';
import type { Relation } from '../catalogue/catalogue.ts';
import { enterQuery, judge } from './level.ts';
import type { Level } from './level.ts';
import { notNull, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether a column that a table or a view has can be null in a row that is there. */
export function relationColumn(level: Level, number: number, attribute: number): Verdict {
  const entry = level.rangeTable[number - 1];
  const relation =
    entry === undefined ? undefined : level.analysis.catalogue.relations[String(nodeNumber(entry, 'relid'))];
  if (relation === undefined) {
    return undecided('its table is not in the catalogue');
  }
  if (attribute === 0) {
    return notNull('it is a whole row');
  }
  const column = relation.columns[String(attribute)];
  switch (relation.kind) {
    case 'table':
      if (attribute < 0) {
        return notNull('every row has this system column');
      }
      if (column?.isNotNull === true) {
        return notNull(`${relation.name}.${column.name} is NOT NULL`);
      }
      return column?.generation != null &&
        generatedVerdict(column.generation, entry, level).nullability === 'not-null'
        ? notNull(`${relation.name}.${column.name} is computed from columns that are never null`)
        : nullable(`${relation.name}.${column?.name ?? attribute} has no NOT NULL constraint`);
    case 'view': {
      return (
        viewColumns(relation, level)[attribute - 1] ??
        undecided(`nothing is known of a column of view ${relation.name}`)
      );
    }
    case 'materialized-view': {
      const found = viewColumns(relation, level)[attribute - 1];
      // What it holds may be older than the constraint that the proof rests on.
      return found?.nullability === 'nullable'
        ? found
        : undecided(`materialized view ${relation.name} may hold rows from before a constraint`);
    }
    case 'foreign-table':
    default:
      return undecided(`PostgreSQL does not enforce the constraints of foreign table ${relation.name}`);
  }
}

/** What a column is computed to be, from the columns of its row alone. */
function generatedVerdict(generation: string, entry: PgNode | undefined, level: Level): Verdict {
  const expression = parseNodeTree(generation);
  if (!isNode(expression) || entry === undefined) {
    return undecided('PostgreSQL gave no expression');
  }
  const row: PgNode = { tag: 'QUERY', fields: { rtable: [entry] } };
  return judge(expression, enterQuery(level.analysis, row, null));
}

function viewColumns(relation: Relation, { analysis }: Level): readonly Verdict[] {
  const name = `${relation.schema}.${relation.name}`;
  let columns = analysis.views.get(name);
  if (columns === undefined) {
    const query = viewQuery(relation);
    columns = query === null ? [] : analysis.judgeQuery(query, null, analysis);
    analysis.views.set(name, columns);
  }
  return columns;
}
