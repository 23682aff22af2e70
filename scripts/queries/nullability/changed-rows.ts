import type { Relation } from '../catalogue/catalogue.ts';
import { CommandType, nodeChild, nodeChildren, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { judgeField } from './level.ts';
import type { Level } from './level.ts';
import { relationColumn } from './relation-columns.ts';
import { notNull, nullable, undecided } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** PostgreSQL's VarReturningType. */
const Version = { usual: 0, old: 1, new: 2 } as const;

/** Whether an entry of the range table is what the statement changes. */
export function isChangedRelation(query: PgNode, number: number): boolean {
  return (
    nodeNumber(query, 'commandType') !== CommandType.select &&
    number === (nodeNumber(query, 'resultRelation') || nodeNumber(query, 'mergeTargetRelation'))
  );
}

/**
 * Whether RETURNING can give null for a column of the changed table. What WHERE proved holds of the row as it was; the row as
 * it is has what was written, and what triggers made of that.
 */
export function changedColumnVerdict(options: {
  readonly variable: PgNode;
  readonly level: Level;
  readonly attribute: number;
  readonly isProven: boolean;
}): Verdict {
  const { variable, level, attribute, isProven } = options;
  const { query, analysis } = level;
  const relation = changedRelation(level);
  if (relation?.kind !== 'table') {
    return undecided('rows written through a view, or elsewhere, need not fit what the view shows');
  }
  const asStored = relationColumn(level, nodeNumber(query, 'resultRelation'), attribute);
  const version = nodeNumber(variable, 'varreturningtype');
  switch (nodeNumber(query, 'commandType')) {
    case CommandType.insert:
      return version === Version.old
        ? nullable('an inserted row has no old version')
        : writtenVerdict({ level, relation, attribute, asStored, isProven: false });
    case CommandType.delete:
      if (version === Version.new) {
        return nullable('a deleted row has no new version');
      }
      return isProven ? notNull('a condition rules null out') : asStored;
    case CommandType.update:
      if (version === Version.old) {
        return isProven ? notNull('a condition rules null out') : asStored;
      }
      return writtenVerdict({ level, relation, attribute, asStored, isProven });
    default:
      return mergedVerdict(query, version, asStored);
  }

  function changedRelation(at: Level): Relation | undefined {
    const entry = at.rangeTable[nodeNumber(query, 'resultRelation') - 1];
    return entry === undefined ? undefined : analysis.catalogue.relations[String(nodeNumber(entry, 'relid'))];
  }
}

/** A column as written: what it was given, when nothing comes between. */
function writtenVerdict(options: {
  readonly level: Level;
  readonly relation: Relation;
  readonly attribute: number;
  readonly asStored: Verdict;
  readonly isProven: boolean;
}): Verdict {
  const { level, relation, attribute, asStored, isProven } = options;
  const { query } = level;
  if (
    asStored.nullability === 'not-null' ||
    relation.hasRowTriggers ||
    nodeChild(query, 'onConflict') !== null
  ) {
    return asStored;
  }
  const assigned = nodeChildren(query, 'targetList').find(
    (entry) => nodeNumber(entry, 'resno') === attribute && entry.fields['resjunk'] === 'false',
  );
  if (assigned === undefined) {
    // A generated column follows the columns that the statement does write.
    const isGenerated = relation.columns[String(attribute)]?.isGenerated !== false;
    return isProven && !isGenerated && nodeNumber(query, 'commandType') === CommandType.update
      ? notNull('a condition rules null out, and the statement leaves the column alone')
      : asStored;
  }
  const given = judgeField(assigned, 'expr', { ...level, isBeforeChange: true, verdicts: new Map() });
  return given.nullability === 'not-null' ? notNull('the statement writes a value to it') : asStored;
}

function mergedVerdict(query: PgNode, version: number, asStored: Verdict): Verdict {
  const actions = new Set(
    nodeChildren(query, 'mergeActionList').map((action) => nodeNumber(action, 'commandType')),
  );
  if (version === Version.old && actions.has(CommandType.insert)) {
    return nullable('an inserted row has no old version');
  }
  if (version === Version.new && actions.has(CommandType.delete)) {
    return nullable('a deleted row has no new version');
  }
  return asStored;
}

/** PostgreSQL's MergeMatchKind: no row of the source met the target's. */
const NOT_MATCHED_BY_SOURCE = 1;

/** In a MERGE that also acts on rows without a source, the source's columns can be null. */
export function mergeSourceVerdict(query: PgNode): Verdict | undefined {
  const acts = nodeChildren(query, 'mergeActionList').some(
    (action) =>
      nodeNumber(action, 'matchKind') === NOT_MATCHED_BY_SOURCE &&
      [CommandType.update, CommandType.delete].some((type) => type === nodeNumber(action, 'commandType')),
  );
  return acts ? nullable('the row may have no match in the source') : undefined;
}
