import { nodeNumber } from '../tree/node-fields.ts';
import { viewQuery } from '../tree/view-query.ts';
import type { Relation } from '../catalogue/catalogue.ts';
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
      return column?.isNotNull === true
        ? notNull(`${relation.name}.${column.name} is NOT NULL`)
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
