import { nodeNumber } from '../tree/node-fields.ts';
import { viewQuery } from '../tree/view-query.ts';
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
      const query = viewQuery(relation);
      const columns = query === null ? [] : level.analysis.judgeQuery(query, null, level.analysis);
      return columns[attribute - 1] ?? undecided(`nothing is known of a column of view ${relation.name}`);
    }
    case 'materialized-view': {
      const query = viewQuery(relation);
      const found =
        query === null ? undefined : level.analysis.judgeQuery(query, null, level.analysis)[attribute - 1];
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
