import { nodeNumber, nodeNumbers } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { changedColumnVerdict, isChangedRelation, mergeSourceVerdict } from './changed-rows.ts';
import { outerLevel } from './level.ts';
import type { Level } from './level.ts';
import { isFullJoin } from './proofs.ts';
import { rangeColumn } from './range-table.ts';
import { notNull, nullable } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether a column of anything that the query reads from can be null. */
export function columnVerdict(variable: PgNode, from: Level): Verdict {
  const level = outerLevel(from, nodeNumber(variable, 'varlevelsup'));
  const number = nodeNumber(variable, 'varno');
  const attribute = nodeNumber(variable, 'varattno');
  const isProven = level.proofs.columns.has(`${number}.${attribute}`);
  if (isChangedRelation(level.query, number) && !level.isBeforeChange) {
    return changedColumnVerdict({ variable, level, isProven, attribute });
  }
  const unmatched = mergeSourceVerdict(level.query);
  if (unmatched !== undefined) {
    return unmatched;
  }
  if (isProven) {
    return notNull('a condition rules null out');
  }
  const joins = nodeNumbers(variable, 'varnullingrels').filter((join) => !foundPartner(join, number, level));
  if (joins.length > 0) {
    return nullable('it is on the nullable side of an outer join, or left out of a grouping set');
  }
  return rangeColumn(level, number, attribute);
}

function foundPartner(join: number, number: number, level: Level): boolean {
  return level.proofs.joins.has(isFullJoin(level.query, join) ? `${join}:${number}` : `${join}`);
}
